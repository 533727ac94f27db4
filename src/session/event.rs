//! The events that the state machine takes.
//!
//! ```
//! use magic_sessionmanager_core::{Effect, Engine, Event, Millis, NotBefore, Settings, UnixMillis};
//!
//! let (engine, now) = (Engine::new(&Settings::default()), UnixMillis::new(1_700_000_000_000));
//! let session = engine.transition(None, Event::LoggedIn, now).session;
//! let seen = Event::RequestSeen { not_before: NotBefore::NONE };
//! let later = engine.transition(session, seen, now.after(Millis::new(60_000)));
//! assert_eq!(later.effects, [Effect::Touch]);
//! ```

use super::not_before::NotBefore;
use super::reason::Reason;

/// An event in the life of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A login succeeded.
    LoggedIn,
    /// A request came with the session's token.
    RequestSeen {
        /// The earliest login time allowed for this user.
        not_before: NotBefore,
    },
    /// Its refresh token was exchanged for a new one.
    Refreshed,
    /// An exchanged refresh token was used again, and it was no retry.
    Replayed,
    /// A sweep found that the inactivity timeout has passed.
    IdleElapsed,
    /// A sweep found that the absolute timeout has passed.
    AbsoluteElapsed,
    /// A user, an administrator or a rule terminates the session.
    TerminateRequested(Reason),
    /// A sweep found that the retention of the record has passed.
    RetentionElapsed,
}
