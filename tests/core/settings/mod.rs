//! Tests of the options.

mod options;
