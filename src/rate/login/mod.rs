//! The protection of logins: who may try a password now.
//!
//! A **place** is where an attempt comes from: a network or a browser. A place at which the user has logged in before
//! is *known* to the user.
//!
//! - All unknown places of a user share one [allowance], whatever their number. Many guessers get no more
//!   than one.
//! - A known place is held by its own failures only, so nobody else can keep the owner out there.
//! - Failures in a row are limited for the account as well ([`account`]). Strangers can use up half of them at most.
//! - Networks and names without an account have allowances of their own ([`subject`]).
//!
//! Each attempt takes from an allowance before the password is compared, and a success gives it back. Attempts at the
//! same time are therefore no more than attempts one after another, and a crash in between counts as a failure.
//!
//! ```
//! use magic_sessionmanager_core::rate::login::account::{Decision, Origin, decide};
//! use magic_sessionmanager_core::{Settings, UnixMillis};
//!
//! let (limits, now) = (Settings::default().login_limits(), UnixMillis::new(1_700_000_000_000));
//! let mut record = None;
//! for _ in 0..10 {
//!     // Ten wrong passwords are allowed at once.
//!     if let Decision::Granted { store } = decide(&limits, record.as_ref(), Origin::Unknown, false, now) {
//!         record = store;
//!     }
//! }
//! let next = decide(&limits, record.as_ref(), Origin::Unknown, false, now);
//! assert!(matches!(next, Decision::Refused { locks: true, .. }));
//! let owner = decide(&limits, record.as_ref(), Origin::Known("known:home"), false, now);
//! assert!(matches!(owner, Decision::Granted { .. }));
//! ```

pub mod account;
pub mod allowance;
pub mod limits;
pub mod subject;
pub mod text;
