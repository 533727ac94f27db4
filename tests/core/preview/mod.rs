//! Tests of the preview of settings.

mod impact;
mod simulation;
