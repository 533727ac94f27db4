//! A small cluster, and the search that tries every order in which things can happen to it.

pub(crate) mod cluster;
pub(crate) mod exchanges;
pub(crate) mod logins;
pub(crate) mod rotations;
pub(crate) mod search;
pub(crate) mod world;
