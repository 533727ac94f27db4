//! Reads JavaScript values, however wrong they are.
//!
//! Only own enumerable properties count, so a polluted prototype adds nothing. Texts are measured before they are
//! copied. Nothing is made a number or a text that is none, since that runs foreign code. A getter that throws is an
//! error here, not an exception that passes through the core.
//!
//! | module | holds |
//! |---|---|
//! | `values` | texts, numbers, times, lists and objects |
//! | `options` | the configuration and the keys |
//! | `sessions` | sessions, events, exchanged tokens |
//! | `rate` | quotas and failed logins |

mod options;
mod rate;
mod sessions;
mod values;

pub(super) use options::{keyring, settings};
pub(super) use rate::{login_record, login_subject, quota, tat};
pub(super) use sessions::{event, live_sessions, rotation, session, session_id, session_state, token_field};
pub(super) use values::{Object, envelope, list, now, present, text, time};
