//! Tests of the state machine and of the decisions around it.

mod account;
mod continuation;
mod exchanges;
mod id;
mod idleness;
mod interleavings;
mod limit;
mod logins;
mod properties;
mod reference;
mod revocation;
mod rotation;
mod rotations;
mod sweep;
mod transitions;
