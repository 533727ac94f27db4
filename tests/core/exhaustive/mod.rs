//! Searches through every case of a small but complete set of values, where properties draw some of them.

mod allowances;
mod machine;
mod numbers;
