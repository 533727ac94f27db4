//! The table of states and events, row by row.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::effect::{Denial, Effect};
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::machine::Transition;
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session, SessionState};
use magic_sessionmanager_core::session::sweep::SweptBy;
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Retention, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};

use crate::common::sessions::{LIVE, RETENTION_MS, SEEN, at, deny, every_event, swept, unchanged, until};

const ABSOLUTE_MS: u64 = 10_000_000;
/// The default rate limit, and the four seconds that news of a write may take.
const LAG_MS: u64 = 30_000 + 4_000;
/// The default inactivity timeout, and how much of it may have gone unseen.
const IDLE_MS: u64 = 900_000 + LAG_MS;
fn engine(on_inactive: OnInactive) -> Engine {
    Engine::new(&Settings {
        absolute_timeout: AbsoluteTimeout::After(Millis::new(ABSOLUTE_MS)),
        terminated_retention: Retention::Days(1),
        on_inactive,
        ..Settings::default()
    })
}

fn marking() -> Engine {
    engine(OnInactive::Mark)
}

fn terminating() -> Engine {
    engine(OnInactive::Terminate)
}

fn session(state: DetailedState) -> Session {
    Session { state, logged_in: at(0), last_seen: at(0), last_touched: at(0) }
}

fn terminated(reason: Reason) -> DetailedState {
    DetailedState::Terminated { at: at(5), reason }
}

fn step(known: Option<Session>, event: Event, now: UnixMillis) -> Transition {
    marking().transition(known, event, now)
}

fn termination(session: Session, reason: Reason, now: UnixMillis) -> Transition {
    Transition {
        session: Some(Session { state: DetailedState::Terminated { at: now, reason }, ..session }),
        effects: vec![Effect::RevokeRefreshFamily, Effect::Notify { reason }],
    }
}

fn refusal(session: Session, reason: Reason, now: UnixMillis) -> Transition {
    let mut expected = termination(session, reason, now);
    expected.effects.insert(0, deny(reason));
    expected
}

#[test]
fn a_login_creates_an_active_session() {
    let made = step(None, Event::LoggedIn, at(0));
    assert_eq!(
        made,
        Transition { session: Some(session(DetailedState::Active)), effects: vec![Effect::Create] }
    );
}

#[test]
fn nothing_but_a_login_makes_a_session() {
    for event in every_event() {
        let made = step(None, event, at(0));
        match event {
            Event::LoggedIn => continue,
            Event::RetentionElapsed => assert_eq!(made.effects, vec![]),
            _ => assert_eq!(made.effects, vec![Effect::Deny { reason: Denial::Unknown }]),
        }
        assert_eq!(made.session, None);
    }
}

#[test]
fn a_repeated_login_and_an_early_retention_change_nothing() {
    for live in LIVE.map(session) {
        for event in [Event::LoggedIn, Event::RetentionElapsed] {
            assert_eq!(step(Some(live), event, at(u64::MAX)), unchanged(live));
        }
    }
}

#[test]
fn a_request_within_the_period_is_not_written() {
    let seen = step(Some(session(DetailedState::Active)), SEEN, at(29_999));
    assert_eq!(seen.effects, vec![]);
    assert_eq!(seen.session.unwrap().last_seen, at(29_999));
    assert_eq!(seen.session.unwrap().last_touched, at(0));
}

#[test]
fn a_request_after_the_period_is_written_once() {
    let seen = step(Some(session(DetailedState::Active)), SEEN, at(30_000));
    assert_eq!(seen.effects, vec![Effect::Touch]);
    assert_eq!(seen.session.unwrap().last_touched, at(30_000));
    assert_eq!(step(seen.session, SEEN, at(30_001)).effects, vec![]);
}

#[test]
fn a_request_brings_an_inactive_session_back() {
    let seen = step(Some(session(DetailedState::Inactive)), SEEN, at(1));
    assert_eq!(seen.effects, vec![Effect::Reactivate, Effect::Touch]);
    assert_eq!(seen.session.unwrap().state, DetailedState::Active);
    assert_eq!(seen.session.unwrap().last_touched, at(1));
}

#[test]
fn the_absolute_timeout_terminates_a_session_to_the_millisecond() {
    for live in LIVE.map(session) {
        for event in [SEEN, Event::Refreshed, Event::AbsoluteElapsed] {
            let before = step(Some(live), event, at(ABSOLUTE_MS - 1));
            assert_ne!(before.session.unwrap().state.plain().as_str(), "terminated");
        }
        for event in [SEEN, Event::Refreshed] {
            let expected = refusal(live, Reason::Expired, at(ABSOLUTE_MS));
            assert_eq!(step(Some(live), event, at(ABSOLUTE_MS)), expected);
        }
        let expected = termination(live, Reason::Expired, at(ABSOLUTE_MS));
        assert_eq!(step(Some(live), Event::AbsoluteElapsed, at(ABSOLUTE_MS)), expected);
        let early = step(Some(live), Event::AbsoluteElapsed, at(ABSOLUTE_MS - 1));
        assert_eq!(early, unchanged(live));
    }
}

#[test]
fn an_idle_session_is_marked_and_comes_back() {
    let active = session(DetailedState::Active);
    assert_eq!(step(Some(active), Event::IdleElapsed, at(IDLE_MS - 1)), unchanged(active));
    let marked = step(Some(active), Event::IdleElapsed, at(IDLE_MS));
    let inactive = session(DetailedState::Inactive);
    assert_eq!(marked, Transition { session: Some(inactive), effects: vec![Effect::MarkInactive] });
    assert_eq!(step(Some(inactive), Event::IdleElapsed, at(IDLE_MS)), unchanged(inactive));
    let back = step(marked.session, SEEN, at(ABSOLUTE_MS - 1));
    assert_eq!(back.effects, vec![Effect::Reactivate, Effect::Touch]);
}

#[test]
fn an_idle_session_is_terminated_where_the_option_says_so() {
    for live in LIVE.map(session) {
        let early = terminating().transition(Some(live), Event::IdleElapsed, at(IDLE_MS - 1));
        assert_eq!(early, unchanged(live));
        let swept = terminating().transition(Some(live), Event::IdleElapsed, at(IDLE_MS));
        assert_eq!(swept, termination(live, Reason::Idle, at(IDLE_MS)));
        for event in [SEEN, Event::Refreshed] {
            let late = terminating().transition(Some(live), event, at(IDLE_MS));
            assert_eq!(late, refusal(live, Reason::Idle, at(IDLE_MS)));
            let in_time = terminating().transition(Some(live), event, at(IDLE_MS - 1));
            assert!(!in_time.effects.contains(&deny(Reason::Idle)));
        }
    }
}

#[test]
fn a_refresh_is_followed_and_changes_nothing_else() {
    for live in LIVE.map(session) {
        let refreshed = step(Some(live), Event::Refreshed, at(ABSOLUTE_MS - 1));
        assert_eq!(refreshed, Transition { session: Some(live), effects: vec![Effect::FollowRotation] });
    }
}

#[test]
fn a_replay_terminates_the_session() {
    for live in LIVE.map(session) {
        assert_eq!(step(Some(live), Event::Replayed, at(7)), refusal(live, Reason::RefreshReuse, at(7)));
    }
}

#[test]
fn a_session_that_began_before_the_not_before_instant_is_terminated_for_its_reason() {
    let cut = |at| Event::RequestSeen { not_before: NotBefore { at, reason: Reason::PasswordChanged } };
    for live in LIVE.map(session) {
        let refused = step(Some(live), cut(at(1)), at(ABSOLUTE_MS));
        assert_eq!(refused, refusal(live, Reason::PasswordChanged, at(ABSOLUTE_MS)));
        let spared = step(Some(live), cut(at(0)), at(1));
        assert_eq!(spared.session.unwrap().state, DetailedState::Active);
    }
}

#[test]
fn of_two_not_before_instants_the_later_counts() {
    let user = NotBefore { at: at(1), reason: Reason::PasswordChanged };
    let everyone = NotBefore { at: at(2), reason: Reason::Admin };
    assert_eq!(user.later(everyone), everyone);
    assert_eq!(everyone.later(user), everyone);
    assert_eq!(user.later(NotBefore { reason: Reason::Admin, ..user }), user);
    assert_eq!(NotBefore::NONE.later(user), user);
}

#[test]
fn every_reason_terminates_and_revokes() {
    for reason in Reason::ALL {
        for live in LIVE.map(session) {
            let done = step(Some(live), Event::TerminateRequested(reason), at(5));
            assert_eq!(done, termination(live, reason, at(5)));
        }
        assert_eq!(Reason::parse(reason.as_str()), Some(reason));
    }
    assert_eq!(Reason::parse("boredom"), None);
}

#[test]
fn names_never_change() {
    assert_eq!(SessionState::ALL.map(SessionState::as_str), ["active", "inactive", "terminated"]);
    for state in SessionState::ALL {
        assert_eq!(SessionState::parse(state.as_str()), Some(state));
    }
    assert_eq!(SessionState::parse("dead"), None);
    assert_eq!(Denial::Unknown.as_str(), "unknown");
    let names = Reason::ALL.map(|reason| Denial::Terminated(reason).as_str());
    assert_eq!(
        names.join(" "),
        "logout logout_all logout_others logout_remote admin idle expired password_changed user_blocked \
         user_deleted role_changed session_limit refresh_reuse"
    );
    let effects = [
        Effect::Create,
        Effect::Touch,
        Effect::Reactivate,
        Effect::MarkInactive,
        Effect::FollowRotation,
        deny(Reason::Admin),
        Effect::RevokeRefreshFamily,
        Effect::Notify { reason: Reason::Admin },
        Effect::Delete,
    ];
    assert_eq!(
        effects.map(Effect::as_str).join(" "),
        "create touch reactivate markInactive followRotation deny revokeRefreshFamily notify delete"
    );
}

#[test]
fn a_record_is_deleted_when_the_retention_has_passed_and_never_when_there_is_none() {
    let known = session(terminated(Reason::Admin));
    let forever = Settings { terminated_retention: Retention::Forever, ..Settings::default() };
    let early = step(Some(known), Event::RetentionElapsed, at(5 + RETENTION_MS - 1));
    assert_eq!(early, unchanged(known));
    let late = step(Some(known), Event::RetentionElapsed, at(5 + RETENTION_MS));
    assert_eq!(late, Transition { session: None, effects: vec![Effect::Delete] });
    let kept = Engine::new(&forever).transition(Some(known), Event::RetentionElapsed, at(u64::MAX));
    assert_eq!(kept, unchanged(known));
}

#[test]
fn a_sweep_reaches_nothing_before_the_epoch() {
    let plan = Engine::new(&Settings::default()).sweep_plan(UnixMillis::new(1_000_000));
    assert_eq!(plan.idle_before, Some(UnixMillis::new(1_000_000 - IDLE_MS)));
    assert_eq!(until(&plan, SweptBy::LastSeen), None);
    assert_eq!(until(&plan, SweptBy::LoggedIn), None);
    assert_eq!((plan.purge_before, plan.journal_before, plan.marks_before), (None, None, None));
}

#[test]
fn a_sweep_terminates_idle_sessions_where_the_option_says_so() {
    let plan = terminating().sweep_plan(at(IDLE_MS));
    assert_eq!((plan.idle_before, until(&plan, SweptBy::LastSeen)), (None, Some(at(0))));
}

#[test]
fn a_sweep_terminates_in_the_order_in_which_a_request_is_refused() {
    let plan = terminating().sweep_plan(at(ABSOLUTE_MS));
    let order: Vec<(SweptBy, Option<Reason>)> =
        plan.terminations.iter().map(|step| (step.by, step.reason)).collect();
    let expired = Some(Reason::Expired);
    let expected = [
        (SweptBy::Revocation, None),
        (SweptBy::LoggedIn, expired),
        (SweptBy::LoggedIn, expired),
        (SweptBy::Expires, expired),
        (SweptBy::LastSeen, Some(Reason::Idle)),
    ];
    assert_eq!(order, expected);
    assert_eq!(until(&plan, SweptBy::LoggedIn), Some(at(0)));
    assert_eq!(until(&plan, SweptBy::Expires), Some(at(ABSOLUTE_MS)));
}

#[test]
fn a_login_from_the_future_is_expired_beyond_one_absolute_timeout() {
    for (ahead, is_expired) in [(ABSOLUTE_MS, false), (ABSOLUTE_MS + 1, true), (u64::MAX, true)] {
        let now = at(0);
        let known = Session { logged_in: at(ahead), last_seen: at(ahead), ..session(DetailedState::Active) };
        let reason = is_expired.then_some(Reason::Expired);
        let expected =
            reason.map_or(DetailedState::Active, |reason| DetailedState::Terminated { at: now, reason });
        let state = |event| marking().transition(Some(known), event, now).session.unwrap().state;
        assert_eq!([SEEN, Event::AbsoluteElapsed].map(state), [expected; 2], "{ahead} ms ahead");
        assert_eq!(swept(&marking().sweep_plan(now), known.logged_in, known.last_seen), reason);
    }
}

#[test]
fn a_record_is_not_deleted_before_every_instance_knows_of_the_termination() {
    let settings = Settings { terminated_retention: Retention::Days(0), ..Settings::default() };
    let known = session(terminated(Reason::Admin));
    let after =
        |ms: u64| Engine::new(&settings).transition(Some(known), Event::RetentionElapsed, at(5 + ms)).session;
    assert_eq!((after(179_999), after(180_000)), (Some(known), None));
    assert_eq!(Engine::new(&settings).sweep_plan(at(5 + 180_000)).purge_before, Some(at(5)));
}

#[test]
fn records_kept_for_ever_are_never_purged() {
    let forever = Settings { terminated_retention: Retention::Forever, ..Settings::default() };
    assert_eq!(Engine::new(&forever).sweep_plan(UnixMillis::new(u64::MAX)).purge_before, None);
}

#[test]
fn the_mark_of_an_adopted_token_outlives_the_token_by_a_day() {
    let plan = Engine::new(&Settings::default()).sweep_plan(UnixMillis::new(100_000_000));
    assert_eq!(plan.marks_before, Some(UnixMillis::new(100_000_000 - 86_400_000)));
}

#[test]
fn the_journal_has_a_retention_of_its_own() {
    let journal = |journal_retention| {
        let settings =
            Settings { terminated_retention: Retention::Days(7), journal_retention, ..Settings::default() };
        Engine::new(&settings).sweep_plan(at(RETENTION_MS)).journal_before
    };
    assert_eq!(journal(Retention::Days(1)), Some(at(0)));
    assert_eq!(journal(Retention::Days(0)), Some(at(RETENTION_MS)));
    assert_eq!(journal(Retention::Forever), None);
}

#[test]
fn entries_of_changed_settings_are_kept_for_thirty_days_at_least() {
    let now = at(Millis::from_days(100).get());
    let kept_days = |journal_retention| {
        let settings = Settings { journal_retention, ..Settings::default() };
        let before = Engine::new(&settings).sweep_plan(now).settings_journal_before;
        before.map(|before| now.since(before))
    };
    for days in [0, 1, 29, 30] {
        assert_eq!(kept_days(Retention::Days(days)), Some(Millis::from_days(30)));
    }
    assert_eq!(kept_days(Retention::Days(31)), Some(Millis::from_days(31)));
    assert_eq!(kept_days(Retention::Forever), None);
    let early = Engine::new(&Settings { journal_retention: Retention::Days(0), ..Settings::default() });
    assert_eq!(early.sweep_plan(UnixMillis::new(1)).settings_journal_before, None);
}
