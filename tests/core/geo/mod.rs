//! Tests of where addresses are.

mod special;
mod table;
