//! Tests of the state machine and of the decisions around it.

mod idleness;
mod interleavings;
mod limit;
mod properties;
mod reference;
mod rotation;
mod transitions;
