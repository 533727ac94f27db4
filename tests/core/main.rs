//! The tests of the core, as one program, so that they are linked once.

// A test may stop at the first surprise, its numbers are small, and its places known.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

mod address;
mod common;
mod crypto;
mod documentation;
mod entropy;
mod exhaustive;
mod geo;
mod imports;
mod model;
mod preview;
mod rate;
mod session;
mod settings;
mod time;
