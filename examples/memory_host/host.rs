//! The input and output that the core leaves to its host: here two maps, a list of notifications and the random source.

use std::collections::HashMap;

use magic_sessionmanager_core::crypto::key::{self, MasterKey};
use magic_sessionmanager_core::session::revocation::Revocation;
use magic_sessionmanager_core::session::sweep::SweptBy;
use magic_sessionmanager_core::{
    ChildUse, Denial, DetailedState, Effect, Engine, Error, Event, Field, Keyring, LimitDecision,
    LiveSession, NotBefore, Reason, RefreshDecision, Request, Rotated, Session, SessionId, SessionState,
    Settings, SweepPlan, SystemEntropy, Transition, UnixMillis, Verdict, fingerprint, open, seal,
};

/// A stored session. All belong to one user.
struct Row {
    device: &'static str,
    session: Session,
}

/// A refresh token that was issued. Only its fingerprint is stored.
struct Issued {
    session: SessionId,
    /// The device that used it first.
    used_by: Option<&'static str>,
    exchange: Option<Exchange>,
}

/// The exchange of a refresh token for its child.
struct Exchange {
    at: UnixMillis,
    /// The fingerprint of the child.
    child: String,
    /// The sealed child, to repeat a lost response.
    sealed: String,
}

/// The answer to a refresh token.
pub(crate) enum Refreshed {
    /// The new token.
    Rotated(String),
    /// The token of the response that was lost.
    Repeated(String),
    /// The name of the reason.
    Refused(&'static str),
}

pub(crate) struct Host {
    engine: Engine,
    keyring: Keyring,
    rows: HashMap<SessionId, Row>,
    /// The refresh tokens by their fingerprints.
    tokens: HashMap<String, Issued>,
    notifications: Vec<String>,
    writes: usize,
}

impl Host {
    pub(crate) fn new(settings: &Settings, secret: &str) -> Result<Self, Error> {
        Ok(Self {
            engine: Engine::new(settings),
            keyring: Keyring::new(&MasterKey::from_app_secret(secret)?)?,
            rows: HashMap::new(),
            tokens: HashMap::new(),
            notifications: Vec::new(),
            writes: 0,
        })
    }

    /// Begins a session and returns its id with its first refresh token; `None` if the user has too many sessions.
    pub(crate) fn log_in(
        &mut self,
        device: &'static str,
        now: UnixMillis,
    ) -> Result<Option<(SessionId, String)>, Error> {
        let (ids, mut live): (Vec<SessionId>, Vec<LiveSession>) =
            self.rows.iter().filter_map(|(id, row)| Some((*id, live(&row.session)?))).unzip();
        let login = live.len();
        live.push(LiveSession { logged_in: now, known_revocation: 0, last_seen: now, expires: None });
        match self.engine.decide_limit(&live, Some(login), &Revocation::default(), now) {
            LimitDecision::Allow => {}
            LimitDecision::Evict(places) => {
                for id in places.into_iter().filter_map(|place| ids.get(place)) {
                    // A session that is terminated already needs no eviction.
                    let _ = self.terminate(*id, Reason::SessionLimit, now);
                }
            }
            LimitDecision::Deny => return Ok(None),
        }
        let id = SessionId::random(&SystemEntropy)?;
        // The only effect of a login is that its session is stored.
        let created = self.engine.transition(None, Event::LoggedIn, now);
        self.rows.extend(created.session.map(|session| (id, Row { device, session })));
        Ok(Some((id, self.issue(id)?)))
    }

    /// Checks one request with the access token of a session.
    pub(crate) fn request(&mut self, id: SessionId, now: UnixMillis) -> Result<(), Denial> {
        let session = &mut self.rows.get_mut(&id).ok_or(Denial::Unknown)?.session;
        let request = Request {
            state: session.state.plain(),
            logged_in: session.logged_in,
            last_seen: session.last_seen,
            last_touched: session.last_touched,
            not_before: NotBefore::NONE.at,
        };
        match self.engine.check(&request, now) {
            // Most requests change nothing that is stored.
            Verdict::Allow { touch: false, .. } => {
                session.last_seen = session.last_seen.max(now);
                Ok(())
            }
            Verdict::Allow { .. }
            | Verdict::Revoked
            | Verdict::Expired
            | Verdict::Idle
            | Verdict::Terminated => self.apply(id, Event::RequestSeen { not_before: NotBefore::NONE }, now),
        }
    }

    /// Answers a refresh token that `device` presents.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        device: &'static str,
        now: UnixMillis,
    ) -> Result<Refreshed, Error> {
        let presented = fingerprint(&self.keyring, token);
        let Some(issued) = self.tokens.get(&presented) else {
            return Ok(Refreshed::Refused(Denial::Unknown.as_str()));
        };
        let id = issued.session;
        let rotated = issued.exchange.as_ref().map(|Exchange { at, child, .. }| {
            let used_by = self.tokens.get(child).and_then(|child| child.used_by);
            Rotated { at: *at, child: ChildUse::compare(used_by.is_some(), used_by, Some(device)) }
        });
        let decision = self.engine.decide_refresh(rotated, now);
        let event = match decision {
            RefreshDecision::Rotate => Event::Refreshed,
            RefreshDecision::Retry | RefreshDecision::Tolerate => {
                Event::RequestSeen { not_before: NotBefore::NONE }
            }
            RefreshDecision::Refuse => return Ok(Refreshed::Refused(decision.as_str())),
            RefreshDecision::Reuse => Event::Replayed,
        };
        if let Err(denial) = self.apply(id, event, now) {
            return Ok(Refreshed::Refused(denial.as_str()));
        }
        match self.tokens.get(&presented).and_then(|issued| issued.exchange.as_ref()) {
            Some(Exchange { sealed, .. }) => {
                let child = open(&self.keyring, (&id).into(), Field::RefreshToken, sealed)?;
                Ok(Refreshed::Repeated(child.as_str().to_owned()))
            }
            None => self.rotate(id, &presented, device, now).map(Refreshed::Rotated),
        }
    }

    /// Terminates a session.
    pub(crate) fn terminate(&mut self, id: SessionId, reason: Reason, now: UnixMillis) -> Result<(), Denial> {
        self.apply(id, Event::TerminateRequested(reason), now)
    }

    /// Changes stored sessions by their age, as the plan of the core says.
    pub(crate) fn sweep(&mut self, now: UnixMillis) {
        let plan = self.engine.sweep_plan(now);
        let due: Vec<(SessionId, Event)> = self
            .rows
            .iter()
            .filter_map(|(id, row)| finding(&plan, &row.session).map(|event| (*id, event)))
            .collect();
        for (id, event) in due {
            // The machine evaluates a finding again and denies none of a session that is not terminated.
            let _ = self.apply(id, event, now);
        }
    }

    /// Returns the beginning of the sealed child of a token, as the store holds it.
    pub(crate) fn stored_as(&self, token: &str, chars: usize) -> String {
        let exchange =
            self.tokens.get(&fingerprint(&self.keyring, token)).and_then(|it| it.exchange.as_ref());
        exchange.map(|exchange| exchange.sealed.chars().take(chars).collect()).unwrap_or_default()
    }

    /// Returns the number of stored sessions.
    pub(crate) fn sessions(&self) -> usize {
        self.rows.len()
    }

    /// Returns how often a session was stored.
    pub(crate) const fn writes(&self) -> usize {
        self.writes
    }

    /// Returns the notifications since the last call.
    pub(crate) fn take_notifications(&mut self) -> Vec<String> {
        core::mem::take(&mut self.notifications)
    }

    /// Applies an event to a stored session and carries out the effects.
    fn apply(&mut self, id: SessionId, event: Event, now: UnixMillis) -> Result<(), Denial> {
        let stored = self.rows.get(&id).map(|row| row.session);
        let Transition { session, effects } = self.engine.transition(stored, event, now);
        let device = self.rows.get(&id).map_or("nobody", |row| row.device);
        if let (Some(row), Some(session)) = (self.rows.get_mut(&id), session) {
            row.session = session;
        }
        let mut answer = Ok(());
        for effect in effects {
            match effect {
                // The row above is the store of this host.
                Effect::Create
                | Effect::Touch
                | Effect::Reactivate
                | Effect::MarkInactive
                | Effect::FollowRotation => self.writes = self.writes.saturating_add(1),
                Effect::Deny { reason } => answer = Err(reason),
                Effect::RevokeRefreshFamily => self.tokens.retain(|_, issued| issued.session != id),
                Effect::Notify { reason } => {
                    self.notifications.push(format!("{device} is terminated ({})", reason.as_str()));
                }
                Effect::Delete => drop(self.rows.remove(&id)),
            }
        }
        answer
    }

    /// Issues a refresh token: 256 random bits.
    fn issue(&mut self, session: SessionId) -> Result<String, Error> {
        let token = key::generate(&SystemEntropy)?.as_str().to_owned();
        let issued = Issued { session, used_by: None, exchange: None };
        self.tokens.insert(fingerprint(&self.keyring, &token), issued);
        Ok(token)
    }

    /// Exchanges a token for its child, which is kept sealed.
    fn rotate(
        &mut self,
        id: SessionId,
        presented: &str,
        device: &'static str,
        now: UnixMillis,
    ) -> Result<String, Error> {
        let token = self.issue(id)?;
        let child = fingerprint(&self.keyring, &token);
        let sealed = seal(&self.keyring, &SystemEntropy, (&id).into(), Field::RefreshToken, &token)?;
        if let Some(issued) = self.tokens.get_mut(presented) {
            issued.used_by = Some(device);
            issued.exchange = Some(Exchange { at: now, child, sealed });
        }
        Ok(token)
    }
}

/// Returns the facts that the limit of sessions counts by; `None` for a terminated session.
fn live(session: &Session) -> Option<LiveSession> {
    let Session { logged_in, last_seen, .. } = *session;
    (session.state.plain() != SessionState::Terminated).then_some(LiveSession {
        logged_in,
        known_revocation: 0,
        last_seen,
        expires: None,
    })
}

/// Returns what a sweep finds about a session.
fn finding(plan: &SweepPlan, session: &Session) -> Option<Event> {
    let is_due = |cut_off: Option<UnixMillis>, at| cut_off.is_some_and(|cut_off| at <= cut_off);
    match session.state {
        DetailedState::Terminated { at, .. } => {
            is_due(plan.purge_before, at).then_some(Event::RetentionElapsed)
        }
        DetailedState::Active | DetailedState::Inactive => {
            let termination = plan.terminations.iter().find_map(|step| match step.by {
                SweptBy::LoggedIn => step.selects(session.logged_in).then_some(Event::AbsoluteElapsed),
                SweptBy::LastSeen => step.selects(session.last_touched).then_some(Event::IdleElapsed),
                // This host revokes nobody, and its tokens never run out.
                SweptBy::Revocation | SweptBy::Expires => None,
            });
            let is_idle =
                session.state == DetailedState::Active && is_due(plan.idle_before, session.last_touched);
            termination.or_else(|| is_idle.then_some(Event::IdleElapsed))
        }
    }
}
