//! The preview shows what the machine does, and the requests and sweeps of a script in their order.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::error::Code;
use magic_sessionmanager_core::preview::simulation::{Refusals, SessionTimeline, Step, Timeline, simulate};
use magic_sessionmanager_core::session::effect::Denial;
use magic_sessionmanager_core::session::limit::OnLimit;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::SessionState;
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Retention, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const START_MS: u64 = 1_000_000_000_000;
const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 86_400_000;
/// The default timeout of fifteen minutes, and the lag of what was written.
const IDLE_MS: u64 = 15 * MINUTE_MS + 34_000;
const ABSOLUTE_MS: u64 = 30 * DAY_MS;

fn run(settings: &Settings, script: &[Step]) -> Timeline {
    simulate(&Engine::new(settings), script, UnixMillis::new(START_MS)).unwrap()
}

fn only(timeline: Timeline) -> SessionTimeline {
    assert_eq!(timeline.sessions.len(), 1);
    timeline.sessions.into_iter().next().unwrap()
}

/// Gives the spans in milliseconds after the start.
fn spans(session: &SessionTimeline) -> Vec<(&'static str, u64, Option<u64>)> {
    let after = |time: UnixMillis| time.get().saturating_sub(START_MS);
    let span = session.spans.iter();
    span.map(|span| (span.state.as_str(), after(span.from), span.until.map(after))).collect()
}

fn requests(every_ms: u64, span_ms: u64) -> Step {
    Step::Requests { every: Millis::new(every_ms), span: Millis::new(span_ms) }
}

fn pause(span_ms: u64) -> Step {
    Step::Pause(Millis::new(span_ms))
}

fn refused(after_ms: u64, until_ms: u64, count: u32, reason: Denial) -> Refusals {
    let at = |after_ms| UnixMillis::new(START_MS.saturating_add(after_ms));
    Refusals { from: at(after_ms), until: at(until_ms), count, reason }
}

#[test]
fn a_session_left_alone_becomes_inactive_expires_and_is_deleted() {
    let session = only(run(&Settings::default(), &[Step::Login]));
    let expected = [
        ("active", 0, Some(IDLE_MS)),
        ("inactive", IDLE_MS, Some(ABSOLUTE_MS)),
        ("terminated", ABSOLUTE_MS, Some(ABSOLUTE_MS + 30 * DAY_MS)),
    ];
    assert_eq!(spans(&session), expected);
    assert_eq!(session.reason, Some(Reason::Expired));
    assert_eq!(session.refusals, vec![]);
}

#[test]
fn requests_are_written_once_per_period_and_counted_as_saved_otherwise() {
    let session = only(run(&Settings::default(), &[Step::Login, requests(10_000, MINUTE_MS)]));
    assert_eq!((session.touches_written, session.touches_saved), (2, 5));
    let expected = Some(("active", 0, Some(MINUTE_MS + IDLE_MS)));
    assert_eq!(spans(&session).first().copied(), expected);
}

#[test]
fn a_sweep_goes_by_what_was_written_and_not_by_what_was_seen() {
    let session = only(run(&Settings::default(), &[Step::Login, pause(10_000), Step::Request]));
    assert_eq!((session.touches_written, session.touches_saved), (0, 1));
    let states = spans(&session).into_iter().map(|(state, from, _)| (state, from)).collect::<Vec<_>>();
    assert_eq!(states, [("active", 0), ("inactive", IDLE_MS), ("terminated", ABSOLUTE_MS)]);
}

#[test]
fn a_request_after_a_pause_brings_the_session_back() {
    let script = [Step::Login, pause(20 * MINUTE_MS), Step::Request];
    let session = only(run(&Settings::default(), &script));
    assert_eq!((session.reactivations, session.touches_written), (1, 1));
    let back = spans(&session).into_iter().map(|(state, from, _)| (state, from)).collect::<Vec<_>>();
    let expected = [
        ("active", 0),
        ("inactive", IDLE_MS),
        ("active", 20 * MINUTE_MS),
        ("inactive", 20 * MINUTE_MS + IDLE_MS),
        ("terminated", ABSOLUTE_MS),
    ];
    assert_eq!(back, expected);
}

#[test]
fn where_idleness_terminates_the_requests_after_it_are_refused() {
    let settings = Settings { on_inactive: OnInactive::Terminate, ..Settings::default() };
    let script = [Step::Login, pause(20 * MINUTE_MS), requests(1000, 2000)];
    let session = only(run(&settings, &script));
    assert_eq!(session.reason, Some(Reason::Idle));
    let told = Denial::Terminated(Reason::Idle);
    assert_eq!(session.refusals, vec![refused(20 * MINUTE_MS, 20 * MINUTE_MS + 2000, 3, told)]);
    assert_eq!((session.touches_written, session.touches_saved), (0, 0));
    assert_eq!(spans(&session).get(1).map(|(state, from, _)| (*state, *from)), Some(("terminated", IDLE_MS)));
}

#[test]
fn an_expired_session_refuses_and_a_record_may_be_kept_for_ever() {
    let settings = Settings { terminated_retention: Retention::Forever, ..Settings::default() };
    let session = only(run(&settings, &[Step::Login, requests(DAY_MS, 31 * DAY_MS)]));
    let told = Denial::Terminated(Reason::Expired);
    assert_eq!(session.refusals, vec![refused(30 * DAY_MS, 31 * DAY_MS, 2, told)]);
    assert_eq!(spans(&session).last().copied(), Some(("terminated", ABSOLUTE_MS, None)));
}

#[test]
fn a_session_that_is_idle_and_expired_at_once_is_expired() {
    let settings = Settings {
        on_inactive: OnInactive::Terminate,
        inactivity_timeout: Millis::new(100_000),
        absolute_timeout: AbsoluteTimeout::After(Millis::new(100_000 + 10_000 + 4000)),
        ..Settings::default()
    };
    assert_eq!(only(run(&settings, &[Step::Login])).reason, Some(Reason::Expired));
}

#[test]
fn a_termination_is_that_of_the_newest_session_for_its_reason() {
    let script = [Step::Login, pause(5), Step::Terminate(Reason::Admin), pause(5), Step::Request];
    let session = only(run(&Settings::default(), &script));
    assert_eq!(session.reason, Some(Reason::Admin));
    assert_eq!(session.refusals, vec![refused(10, 10, 1, Denial::Terminated(Reason::Admin))]);
    let expected = [("active", 0, Some(5)), ("terminated", 5, Some(5 + 30 * DAY_MS))];
    assert_eq!(spans(&session), expected);
}

#[test]
fn without_a_session_everything_is_refused_as_unknown() {
    let timeline = run(&Settings::default(), &[Step::Request, Step::Terminate(Reason::Admin)]);
    assert_eq!(timeline.sessions, vec![]);
    assert_eq!(timeline.refusals, vec![refused(0, 0, 2, Denial::Unknown)]);
}

#[test]
fn a_login_beyond_the_limit_evicts_the_oldest_or_is_refused() {
    let script = [Step::Login, pause(5), Step::Login, pause(5), Step::Login];
    let limit = |on_limit| Settings { max_sessions_per_user: Some(2), on_limit, ..Settings::default() };
    let evicting = run(&limit(OnLimit::EvictOldest), &script);
    let reasons: Vec<_> = evicting.sessions.iter().map(|session| session.reason).collect();
    let expired = Some(Reason::Expired);
    assert_eq!(reasons, [Some(Reason::SessionLimit), expired, expired]);
    let denying = run(&limit(OnLimit::DenyNew), &script);
    assert_eq!(denying.sessions.len(), 2);
    assert_eq!(denying.refusals, vec![refused(10, 10, 1, Denial::Terminated(Reason::SessionLimit))]);
}

#[test]
fn refusals_for_different_reasons_are_counted_apart() {
    let settings =
        Settings { max_sessions_per_user: Some(1), on_limit: OnLimit::DenyNew, ..Settings::default() };
    let timeline = run(&settings, &[Step::Request, Step::Login, Step::Login]);
    let told = [Denial::Unknown, Denial::Terminated(Reason::SessionLimit)];
    assert_eq!(timeline.refusals, told.map(|reason| refused(0, 0, 1, reason)));
}

#[test]
fn a_script_is_refused_when_it_is_endless() {
    let engine = Engine::new(&Settings::default());
    let start = UnixMillis::new(START_MS);
    for endless in [requests(0, 5), requests(1, 100_000), requests(1, u64::MAX)] {
        let error = simulate(&engine, &[Step::Login, endless], start).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument);
    }
    assert!(simulate(&engine, &[Step::Login, requests(1, 99_999)], start).is_ok());
}

fn any_step() -> impl Strategy<Value = Step> {
    let span = || prop_oneof![0..2 * IDLE_MS, 0..2 * ABSOLUTE_MS, any::<u64>()];
    prop_oneof![
        Just(Step::Login),
        Just(Step::Request),
        (1..100u64, span()).prop_map(|(count, span_ms)| requests((span_ms / count).max(1), span_ms)),
        span().prop_map(pause),
        prop::sample::select(Reason::ALL.to_vec()).prop_map(Step::Terminate),
    ]
}

proptest! {
    #[test]
    fn the_spans_of_a_session_have_no_gaps_and_terminated_is_the_last(
        script in prop::collection::vec(any_step(), 0..20),
        start: u64,
    ) {
        let engine = Engine::new(&Settings::default());
        let Ok(timeline) = simulate(&engine, &script, UnixMillis::new(start)) else { return Ok(()) };
        for session in timeline.sessions {
            for (one, next) in session.spans.iter().zip(session.spans.iter().skip(1)) {
                prop_assert_eq!(one.until, Some(next.from));
                prop_assert!(one.from <= next.from);
                prop_assert!(one.state != next.state && one.state != SessionState::Terminated);
            }
            let terminated = session.spans.last().is_some_and(|span| span.state == SessionState::Terminated);
            prop_assert_eq!(terminated, session.reason.is_some());
        }
    }
}
