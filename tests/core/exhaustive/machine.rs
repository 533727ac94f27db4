//! A terminated session stays terminated, for its first reason, until its record is deleted.

#![allow(clippy::print_stdout)] // The number of cases says how much was tried.

use magic_sessionmanager_core::session::effect::Effect;
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::machine::{Transition, transition};
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::policy::{OnInactive, Policy};
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};

use crate::common::sessions::{deny, every_event, unchanged};

/// The time at which a session was terminated, between its login and the ends of time.
const TERMINATED_MS: u64 = 1_000_000_000;
const LOGIN_MS: u64 = 999_000_000;
/// The shortest time for which a record is kept, whatever the retention.
const KEPT_MS: u64 = 180_000;
/// A retention that is longer.
const RETENTION_MS: u64 = 86_400_000;

/// Gives every policy of the boundary values.
fn policies() -> Vec<Policy> {
    const SPANS: [u64; 4] = [0, 1, 1000, u64::MAX];
    const RETENTIONS: [Option<u64>; 5] = [None, Some(0), Some(KEPT_MS), Some(RETENTION_MS), Some(u64::MAX)];
    let mut policies = Vec::new();
    for (inactivity, absolute) in SPANS.into_iter().flat_map(|one| SPANS.map(|other| (one, other))) {
        for (on_inactive, retention) in
            OnInactive::ALL.into_iter().flat_map(|on_inactive| RETENTIONS.map(|other| (on_inactive, other)))
        {
            let mut policy = Settings::default().policy();
            policy.inactivity_timeout = Millis::new(inactivity);
            policy.absolute_timeout = Millis::new(absolute);
            policy.on_inactive = on_inactive;
            policy.retention = retention.map(Millis::new);
            policies.push(policy);
        }
    }
    policies
}

/// Gives each event, and a request under each instant and reason of a revocation.
fn events() -> Vec<Event> {
    let instants = [1, LOGIN_MS, LOGIN_MS + 1, u64::MAX].map(UnixMillis::new);
    let revoked = Reason::ALL
        .into_iter()
        .flat_map(|reason| instants.map(|at| Event::RequestSeen { not_before: NotBefore { at, reason } }));
    every_event().into_iter().chain(revoked).collect()
}

/// Gives the ends of time, and the instants at and beside each cut-off time.
fn instants() -> Vec<UnixMillis> {
    let cut_offs = [
        LOGIN_MS,
        LOGIN_MS + 1000,
        TERMINATED_MS,
        TERMINATED_MS + KEPT_MS,
        TERMINATED_MS + RETENTION_MS,
        (1 << 53) - 1,
        UnixMillis::LATEST.get(),
    ];
    let near = cut_offs.into_iter().flat_map(|cut_off| [cut_off - 1, cut_off, cut_off + 1]);
    near.chain([0, 1, u64::MAX - 1, u64::MAX]).map(UnixMillis::new).collect()
}

fn terminated(at: UnixMillis, reason: Reason) -> Session {
    let times = [LOGIN_MS, TERMINATED_MS - 1, TERMINATED_MS - 1].map(UnixMillis::new);
    let [logged_in, last_seen, last_touched] = times;
    Session { state: DetailedState::Terminated { at, reason }, logged_in, last_seen, last_touched }
}

/// Says whether the record of a session that was terminated at `at` may be deleted at `now`, by the documentation.
fn is_deleted(policy: &Policy, event: Event, at: UnixMillis, now: UnixMillis) -> bool {
    let kept = policy.retention.map(|retention| u128::from(retention.get().max(KEPT_MS)));
    let has_passed = |kept| u128::from(at.get()) + kept <= u128::from(now.get());
    event == Event::RetentionElapsed && kept.is_some_and(has_passed)
}

/// No step leads from a terminated session to another session. Sequences of any length therefore do not either.
#[test]
fn no_event_changes_a_terminated_session() {
    let (policies, events, instants) = (policies(), events(), instants());
    let (mut cases, mut deletions) = (0_u64, 0_u64);
    for policy in &policies {
        for at in [0, TERMINATED_MS, u64::MAX].map(UnixMillis::new) {
            for reason in [Reason::Logout, Reason::RefreshReuse] {
                let session = terminated(at, reason);
                for (event, now) in
                    events.iter().flat_map(|event| instants.iter().map(move |now| (*event, *now)))
                {
                    let expected = if is_deleted(policy, event, at, now) {
                        deletions += 1;
                        Transition { session: None, effects: vec![Effect::Delete] }
                    } else if event == Event::RetentionElapsed {
                        unchanged(session)
                    } else {
                        Transition { session: Some(session), effects: vec![deny(reason)] }
                    };
                    for touch_due in [false, true] {
                        let after = transition(policy, Some(session), event, touch_due, now);
                        assert_eq!(after, expected, "{policy:?}, {event:?} at {now:?} for {session:?}");
                        cases += 1;
                    }
                }
            }
        }
    }
    println!("{cases} steps from a terminated session, {deletions} of them to its deletion");
    assert!(cases > 3_000_000 && deletions > 1000);
}

/// Follows every sequence of so many events; returns how many there are.
fn follow(
    policy: &Policy,
    session: Session,
    events: &[Event],
    instants: &[UnixMillis],
    events_left: u32,
) -> u64 {
    let mut sequences = 0;
    if events_left == 0 {
        return 1;
    }
    for event in events {
        for now in instants {
            match transition(policy, Some(session), *event, true, *now).session {
                Some(after) => {
                    assert_eq!(after, session, "{policy:?}, {event:?} at {now:?}");
                    sequences += follow(policy, after, events, instants, events_left - 1);
                }
                None => assert_eq!(*event, Event::RetentionElapsed, "{policy:?}"),
            }
        }
    }
    sequences
}

#[test]
fn no_sequence_of_events_revives_a_terminated_session() {
    let first = terminated(UnixMillis::new(TERMINATED_MS), Reason::Admin);
    let revoked = NotBefore { at: UnixMillis::new(u64::MAX), reason: Reason::PasswordChanged };
    let events: Vec<Event> =
        every_event().into_iter().chain([Event::RequestSeen { not_before: revoked }]).collect();
    let one_of_each: Vec<Event> = events.iter().copied().filter(|event| !is_repeated(*event)).collect();
    let few = [0, TERMINATED_MS, TERMINATED_MS + RETENTION_MS, u64::MAX].map(UnixMillis::new);
    let mut sequences = 0;
    for policy in policies() {
        sequences += follow(&policy, first, &events, &few[2..], 3);
        sequences += follow(&policy, first, &one_of_each, &few[2..3], 4);
        sequences += follow(&policy, first, &one_of_each, &few, 3);
    }
    println!("{sequences} sequences of three or four events from a terminated session");
    assert!(sequences > 10_000_000);
}

/// A termination for another reason than the first one.
fn is_repeated(event: Event) -> bool {
    matches!(event, Event::TerminateRequested(reason) if reason != Reason::Logout)
}

/// Each event that terminates a live session, followed by each other event.
#[test]
fn the_reason_of_the_first_termination_stays() {
    let (events, instants) = (events(), instants());
    let mut pairs = 0_u64;
    for policy in policies().iter().step_by(7) {
        for state in [DetailedState::Active, DetailedState::Inactive] {
            let live = Session { state, ..terminated(UnixMillis::new(0), Reason::Admin) };
            for (event, now) in events.iter().flat_map(|event| instants.iter().map(move |now| (*event, *now)))
            {
                let Some(first) = transition(policy, Some(live), event, false, now).session else {
                    panic!("{event:?} deleted a live session");
                };
                let DetailedState::Terminated { at, .. } = first.state else { continue };
                assert_eq!(at, now);
                for (later, then) in
                    events.iter().step_by(3).flat_map(|event| instants.iter().map(move |now| (*event, *now)))
                {
                    let after = transition(policy, Some(first), later, false, then).session;
                    let expected = (!is_deleted(policy, later, at, then)).then_some(first);
                    assert_eq!(after, expected, "{event:?} at {now:?}, then {later:?} at {then:?}");
                    pairs += 1;
                }
            }
        }
    }
    println!("{pairs} terminations, each followed by another event");
    assert!(pairs > 10_000_000);
}
