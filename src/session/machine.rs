//! The state machine: total over every state and event, and absorbing in `terminated`.
//!
//! ```
//! use magic_sessionmanager_core::session::machine::transition;
//! use magic_sessionmanager_core::{Event, Millis, Settings, UnixMillis};
//!
//! let (policy, login) = (Settings::default().policy(), UnixMillis::new(1_700_000_000_000));
//! let session = transition(&policy, None, Event::LoggedIn, false, login).session;
//! let early = transition(&policy, session, Event::AbsoluteElapsed, false, login);
//! assert_eq!((early.session, early.effects.len()), (session, 0));
//! let late = login.after(Millis::from_days(30));
//! let expired = transition(&policy, session, Event::AbsoluteElapsed, false, late);
//! let effects: Vec<_> = expired.effects.iter().map(|effect| effect.as_str()).collect();
//! assert_eq!(effects, ["revokeRefreshFamily", "notify"]);
//! ```

use super::effect::{Denial, Effect};
use super::event::Event;
use super::not_before::{self, NotBefore};
use super::policy::{OnInactive, Policy};
use super::reason::Reason;
use super::state::{DetailedState, Session, SessionState};
use crate::time::UnixMillis;

/// The result of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The session after the event; `None` if there is none.
    pub session: Option<Session>,
    /// The effects, in the order in which the shell carries them out.
    pub effects: Vec<Effect>,
}

/// The facts that decide on one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The state of the session.
    pub state: SessionState,
    /// The time of the login.
    pub logged_in: UnixMillis,
    /// The time of the newest request that this process knows of.
    pub last_seen: UnixMillis,
    /// The earliest login time allowed; zero if there is none.
    pub not_before: UnixMillis,
    /// Whether a write of *last seen* is due.
    pub touch_due: bool,
}

/// The decision on one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request is allowed.
    Allow {
        /// The caller stores *last seen*.
        touch: bool,
        /// The session was inactive and is active again.
        reactivated: bool,
    },
    /// Refused: the session began before the not-before instant.
    Revoked,
    /// Refused: the session has reached the absolute timeout.
    Expired,
    /// Refused: the session was idle for too long.
    Idle,
    /// Refused: the session is terminated.
    Terminated,
}

/// Evaluates one request without allocating.
///
/// The not-before instant is checked before the timeouts. *Last seen* is always stored when an inactive session becomes
/// active again, because its stored state changes.
#[must_use]
pub fn evaluate(policy: &Policy, facts: &Facts, now: UnixMillis) -> Verdict {
    let reactivated = match facts.state {
        SessionState::Terminated => return Verdict::Terminated,
        SessionState::Active => false,
        SessionState::Inactive => true,
    };
    if not_before::revokes(facts.not_before, facts.logged_in) {
        return Verdict::Revoked;
    }
    if policy.is_expired(facts.logged_in, now) {
        return Verdict::Expired;
    }
    match policy.on_inactive {
        OnInactive::Terminate if policy.is_idle(facts.last_seen, now) => Verdict::Idle,
        OnInactive::Terminate | OnInactive::Mark => {
            Verdict::Allow { touch: facts.touch_due || reactivated, reactivated }
        }
    }
}

/// Applies an event to a session and returns the new state with the effects for the shell.
///
/// `session` is `None` for a session that does not exist. `touch_due` is true if a write of *last seen* is due. An
/// event may be repeated: a second login under the same id changes nothing, and a second termination keeps the first
/// reason. The findings of a sweep are evaluated again, because they may be old when they arrive.
///
/// | state | event | becomes | effects |
/// |---|---|---|---|
/// | none | logged in | active | create |
/// | none | retention elapsed | none | |
/// | none | any other | none | deny |
/// | active, inactive | logged in, retention elapsed | same | |
/// | active, inactive | request seen, allowed | active | reactivate if it was inactive, touch if due |
/// | active, inactive | request seen, refused | terminated | deny, revoke, notify |
/// | active, inactive | refreshed, allowed | same | follow rotation |
/// | active, inactive | refreshed, refused | terminated | deny, revoke, notify |
/// | active, inactive | replayed | terminated (`refresh_reuse`) | deny, revoke, notify |
/// | active | idle elapsed, and it marks | inactive | mark inactive |
/// | active, inactive | idle elapsed, and it terminates | terminated (`idle`) | revoke, notify |
/// | active, inactive | absolute elapsed | terminated (`expired`) | revoke, notify |
/// | active, inactive | terminate requested | terminated (its reason) | revoke, notify |
/// | terminated | retention elapsed | none | delete |
/// | terminated | any other | same, first reason kept | deny |
#[must_use]
pub fn transition(
    policy: &Policy,
    session: Option<Session>,
    event: Event,
    touch_due: bool,
    now: UnixMillis,
) -> Transition {
    let Some(session) = session else { return without_session(event, now) };
    match session.state {
        DetailedState::Terminated { at, reason } => terminated(policy, session, event, (at, reason), now),
        DetailedState::Active | DetailedState::Inactive => live(policy, session, event, touch_due, now),
    }
}

impl Transition {
    const fn new(session: Session, effects: Vec<Effect>) -> Self {
        Self { session: Some(session), effects }
    }

    const fn unchanged(session: Session) -> Self {
        Self::new(session, Vec::new())
    }
}

fn without_session(event: Event, now: UnixMillis) -> Transition {
    match event {
        Event::LoggedIn => {
            let session =
                Session { state: DetailedState::Active, logged_in: now, last_seen: now, last_touched: now };
            Transition::new(session, vec![Effect::Create])
        }
        Event::RetentionElapsed => Transition { session: None, effects: Vec::new() },
        Event::RequestSeen { .. }
        | Event::Refreshed
        | Event::Replayed
        | Event::IdleElapsed
        | Event::AbsoluteElapsed
        | Event::TerminateRequested(_) => {
            Transition { session: None, effects: vec![Effect::Deny { reason: Denial::Unknown }] }
        }
    }
}

fn terminated(
    policy: &Policy,
    session: Session,
    event: Event,
    (at, reason): (UnixMillis, Reason),
    now: UnixMillis,
) -> Transition {
    match event {
        Event::RetentionElapsed if policy.is_past_retention(at, now) => {
            Transition { session: None, effects: vec![Effect::Delete] }
        }
        Event::RetentionElapsed => Transition::unchanged(session),
        Event::LoggedIn
        | Event::RequestSeen { .. }
        | Event::Refreshed
        | Event::Replayed
        | Event::IdleElapsed
        | Event::AbsoluteElapsed
        | Event::TerminateRequested(_) => {
            Transition::new(session, vec![Effect::Deny { reason: Denial::Terminated(reason) }])
        }
    }
}

fn live(policy: &Policy, session: Session, event: Event, touch_due: bool, now: UnixMillis) -> Transition {
    match event {
        Event::LoggedIn | Event::RetentionElapsed => Transition::unchanged(session),
        Event::RequestSeen { not_before } => match admit(policy, session, not_before, touch_due, now) {
            Ok((touch, reactivated)) => seen(session, touch, reactivated, now),
            Err(reason) => refuse(session, reason, now),
        },
        Event::Refreshed => match admit(policy, session, NotBefore::NONE, touch_due, now) {
            Ok(_) => Transition::new(session, vec![Effect::FollowRotation]),
            Err(reason) => refuse(session, reason, now),
        },
        Event::Replayed => refuse(session, Reason::RefreshReuse, now),
        Event::IdleElapsed => idle(policy, session, now),
        Event::AbsoluteElapsed => expire(policy, session, now),
        Event::TerminateRequested(reason) => terminate(session, reason, now),
    }
}

/// Evaluates a session that is not terminated: `(touch, reactivated)`, or the reason to terminate it.
fn admit(
    policy: &Policy,
    session: Session,
    not_before: NotBefore,
    touch_due: bool,
    now: UnixMillis,
) -> Result<(bool, bool), Reason> {
    let Session { state, logged_in, last_seen, .. } = session;
    let facts = Facts { state: state.plain(), logged_in, last_seen, not_before: not_before.at, touch_due };
    match evaluate(policy, &facts, now) {
        Verdict::Allow { touch, reactivated } => Ok((touch, reactivated)),
        Verdict::Revoked => Err(not_before.reason),
        Verdict::Idle => Err(Reason::Idle),
        Verdict::Expired | Verdict::Terminated => Err(Reason::Expired),
    }
}

fn seen(session: Session, touch: bool, reactivated: bool, now: UnixMillis) -> Transition {
    // Times never move back. Otherwise a session would look idle after the clock was corrected.
    let last_touched = if touch { session.last_touched.max(now) } else { session.last_touched };
    let last_seen = session.last_seen.max(now);
    let mut effects = Vec::with_capacity(2);
    if reactivated {
        effects.push(Effect::Reactivate);
    }
    if touch {
        effects.push(Effect::Touch);
    }
    Transition::new(Session { state: DetailedState::Active, last_seen, last_touched, ..session }, effects)
}

fn idle(policy: &Policy, session: Session, now: UnixMillis) -> Transition {
    if !policy.is_idle(session.last_seen, now) {
        return Transition::unchanged(session);
    }
    match (policy.on_inactive, session.state) {
        (OnInactive::Terminate, _) => terminate(session, Reason::Idle, now),
        (OnInactive::Mark, DetailedState::Active) => {
            Transition::new(Session { state: DetailedState::Inactive, ..session }, vec![Effect::MarkInactive])
        }
        (OnInactive::Mark, DetailedState::Inactive | DetailedState::Terminated { .. }) => {
            Transition::unchanged(session)
        }
    }
}

fn expire(policy: &Policy, session: Session, now: UnixMillis) -> Transition {
    if policy.is_expired(session.logged_in, now) {
        terminate(session, Reason::Expired, now)
    } else {
        Transition::unchanged(session)
    }
}

fn refuse(session: Session, reason: Reason, now: UnixMillis) -> Transition {
    let mut transition = terminate(session, reason, now);
    transition.effects.insert(0, Effect::Deny { reason: Denial::Terminated(reason) });
    transition
}

fn terminate(session: Session, reason: Reason, at: UnixMillis) -> Transition {
    let session = Session { state: DetailedState::Terminated { at, reason }, ..session };
    Transition::new(session, vec![Effect::RevokeRefreshFamily, Effect::Notify { reason }])
}
