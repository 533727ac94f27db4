//! Tests of where addresses are.

mod lists;
mod special;
mod table;
