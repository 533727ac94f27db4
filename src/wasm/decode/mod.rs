//! Reads JavaScript values, which may be of any kind.
//!
//! Only own enumerable properties are read, because a prototype may be polluted. The length of a text is checked before
//! it is copied. No value is converted to a number or a text, because that could run foreign code. A getter that throws
//! gives an error of the core, not an exception that passes through it.
//!
//! | module | holds |
//! |---|---|
//! | `values` | texts, numbers, times, lists and objects |
//! | `options` | the configuration and the keys |
//! | `sessions` | sessions, events, exchanged tokens, accounts |
//! | `rate` | quotas and failed logins |
//! | `geo` | kinds of networks |

mod geo;
mod options;
mod rate;
mod sessions;
mod values;

pub(super) use geo::list_kind;
pub(super) use options::{keyring, settings};
pub(super) use rate::{count, login_outcome, login_record, quota, shares, subject_states, tat, wrong_origin};
pub(super) use sessions::{
    account, bound_fingerprint, event, id_source, live_sessions, password_hash, rotation, session,
    session_id, session_state, token_field, whole_number,
};
pub(super) use values::{Object, envelope, list, now, optional_time, present, text, texts, time, truth};
