//! The state of a cluster at one instant. Times are whole ticks, which keeps the number of states small.

use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::time::UnixMillis;

/// The length of a tick: how far a wall clock may be wrong, and longer than the core allows news to take.
pub(super) const TICK_MS: u64 = 5000;
/// When the session began, in ticks; later than zero, so that clocks can lie before it.
pub(super) const LOGIN: u8 = 10;

/// Ticks: of true time, or of an instance's wall clock where that is said.
pub(crate) type Ticks = u8;

/// The session as it is stored or known; times are of wall clocks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Row {
    pub(super) state: RowState,
    pub(super) last_seen: Ticks,
    pub(super) last_touched: Ticks,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RowState {
    Active,
    Inactive,
    Terminated { at: Ticks, reason: Reason },
}

/// The answer of the database about the session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Answer {
    pub(super) row: Option<Row>,
    pub(super) not_before: Option<Ticks>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Instance {
    pub(super) view: Option<View>,
    pub(super) read: Option<Read>,
    /// A *last seen* that waits to be written.
    pub(super) unsaved: Option<Ticks>,
    pub(super) knows_of_termination: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct View {
    pub(super) row: Row,
    pub(super) not_before: Option<Ticks>,
    /// True time before the database was asked.
    pub(super) confirmed: Ticks,
}

/// A request that waits for the database.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Read {
    pub(super) since: Ticks,
    pub(super) answer: Option<Answer>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct World<const N: usize> {
    pub(super) now: Ticks,
    pub(super) row: Option<Row>,
    pub(super) not_before: Option<Ticks>,
    pub(super) rotated: Option<(Ticks, bool)>,
    pub(super) instances: [Instance; N],
    /// It can reach each instance at any time, any number of times, or never.
    pub(super) news: Option<Reason>,
    /// The true time at which a termination was acknowledged, and the reason stored with it.
    pub(super) terminated: Option<(Ticks, Option<Reason>)>,
    pub(super) jumped: bool,
}

pub(super) fn reason_of(row: Option<Row>) -> Option<Reason> {
    match row?.state {
        RowState::Terminated { reason, .. } => Some(reason),
        RowState::Active | RowState::Inactive => None,
    }
}

pub(super) fn time(ticks: Ticks) -> UnixMillis {
    UnixMillis::new(u64::from(ticks) * TICK_MS)
}

pub(super) fn ticks(time: UnixMillis) -> Ticks {
    u8::try_from(time.get() / TICK_MS).unwrap()
}

pub(super) fn session_of(row: Row) -> Session {
    let state = match row.state {
        RowState::Active => DetailedState::Active,
        RowState::Inactive => DetailedState::Inactive,
        RowState::Terminated { at, reason } => DetailedState::Terminated { at: time(at), reason },
    };
    let (last_seen, last_touched) = (time(row.last_seen), time(row.last_touched));
    Session { state, logged_in: time(LOGIN), last_seen, last_touched }
}

pub(super) fn row_of(session: Session) -> Row {
    let state = match session.state {
        DetailedState::Active => RowState::Active,
        DetailedState::Inactive => RowState::Inactive,
        DetailedState::Terminated { at, reason } => RowState::Terminated { at: ticks(at), reason },
    };
    Row { state, last_seen: ticks(session.last_seen), last_touched: ticks(session.last_touched) }
}
