//! Properties of every session, event and setting.

use magic_sessionmanager_core::engine::{Engine, Request};
use magic_sessionmanager_core::session::effect::{Denial, Effect};
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::machine::{Transition, Verdict};
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::{DetailedState, Session};
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Retention, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

use crate::common::sessions::{LIVE, RETENTION_MS, at, deny, every_event, swept, unchanged};

fn any_reason() -> impl Strategy<Value = Reason> {
    prop::sample::select(Reason::ALL.to_vec())
}

fn any_time() -> impl Strategy<Value = UnixMillis> {
    let near = (0..2 * RETENTION_MS).prop_map(at);
    prop_oneof![3 => near, 1 => any::<u64>().prop_map(UnixMillis::new)]
}

fn any_event() -> impl Strategy<Value = Event> {
    let requests = (any_time(), any_reason())
        .prop_map(|(at, reason)| Event::RequestSeen { not_before: NotBefore { at, reason } });
    prop_oneof![prop::sample::select(every_event()), requests]
}

fn any_state() -> impl Strategy<Value = DetailedState> {
    let terminated =
        (any_time(), any_reason()).prop_map(|(at, reason)| DetailedState::Terminated { at, reason });
    prop_oneof![Just(DetailedState::Active), Just(DetailedState::Inactive), terminated]
}

fn any_session() -> impl Strategy<Value = Session> {
    (any_state(), any_time(), any_time(), any_time()).prop_map(
        |(state, logged_in, last_seen, last_touched)| Session { state, logged_in, last_seen, last_touched },
    )
}

/// Settings that no configuration reaches as well: the machine holds for every span.
fn any_engine() -> impl Strategy<Value = Engine> {
    let span = prop_oneof![Just(0), 0..2 * RETENTION_MS, any::<u64>()].prop_map(Millis::new);
    let retention = prop_oneof![Just(Retention::Forever), (0..3u32).prop_map(Retention::Days)];
    let on_inactive = prop::sample::select(OnInactive::ALL.to_vec());
    ([span.clone(), span.clone(), span], retention, on_inactive).prop_map(
        |(
            [last_seen_rate_limit, inactivity_timeout, absolute_timeout],
            terminated_retention,
            on_inactive,
        )| {
            Engine::new(&Settings {
                last_seen_rate_limit,
                inactivity_timeout,
                absolute_timeout: AbsoluteTimeout::After(absolute_timeout),
                terminated_retention,
                on_inactive,
                ..Settings::default()
            })
        },
    )
}

proptest! {
    #[test]
    fn terminated_is_final_and_keeps_its_first_reason(
        engine in any_engine(),
        known in any_session(),
        reason in any_reason(),
        terminated_at in any_time(),
        event in any_event(),
        now in any_time(),
    ) {
        let known_terminated = Session { state: DetailedState::Terminated { at: terminated_at, reason }, ..known };
        let after = engine.transition(Some(known_terminated), event, now);
        if event == Event::RetentionElapsed {
            let deleted = Transition { session: None, effects: vec![Effect::Delete] };
            prop_assert!(after == unchanged(known_terminated) || after == deleted);
        } else {
            prop_assert_eq!(after.session, Some(known_terminated));
            prop_assert_eq!(after.effects, vec![deny(reason)]);
        }
    }

    #[test]
    fn a_session_is_gone_only_after_it_was_terminated(
        engine in any_engine(),
        known in any_session(),
        event in any_event(),
        now in any_time(),
    ) {
        let after = engine.transition(Some(known), event, now);
        let was_terminated = matches!(known.state, DetailedState::Terminated { .. });
        prop_assert!(after.session.is_some() || was_terminated);
        prop_assert_eq!(after.session.is_none(), after.effects.contains(&Effect::Delete));
    }

    #[test]
    fn times_never_move_back(
        engine in any_engine(),
        mut known in any_session(),
        events in prop::collection::vec((any_event(), any_time()), 0..40),
    ) {
        for (event, now) in events {
            let Some(next) = engine.transition(Some(known), event, now).session else { break };
            prop_assert!(next.last_seen >= known.last_seen);
            prop_assert!(next.last_touched >= known.last_touched);
            prop_assert_eq!(next.logged_in, known.logged_in);
            known = next;
        }
    }

    #[test]
    fn an_event_that_comes_twice_leads_where_it_led_once(
        engine in any_engine(),
        known in any_session(),
        event in any_event(),
        now in any_time(),
    ) {
        let once = engine.transition(Some(known), event, now).session;
        prop_assume!(once.is_some());
        prop_assert_eq!(engine.transition(once, event, now).session, once);
    }

    #[test]
    fn the_short_check_agrees_with_the_machine(
        engine in any_engine(),
        known in any_session(),
        not_before in any_time(),
        reason in any_reason(),
        now in any_time(),
    ) {
        let event = Event::RequestSeen { not_before: NotBefore { at: not_before, reason } };
        let after = engine.transition(Some(known), event, now);
        let Session { state, logged_in, last_seen, last_touched } = known;
        let request = Request { state: state.plain(), logged_in, last_seen, last_touched, not_before };
        let refused = match (engine.check(&request, now), state) {
            (Verdict::Allow { touch, reactivated }, _) => {
                prop_assert_eq!(touch, after.effects.contains(&Effect::Touch));
                prop_assert_eq!(reactivated, after.effects.contains(&Effect::Reactivate));
                None
            }
            (Verdict::Revoked, _) => Some(reason),
            (Verdict::Expired, _) => Some(Reason::Expired),
            (Verdict::Idle, _) => Some(Reason::Idle),
            (Verdict::Terminated, DetailedState::Terminated { reason, .. }) => Some(reason),
            (Verdict::Terminated, _) => return Err(TestCaseError::fail("it was not terminated")),
        };
        let denied = after.effects.iter().find_map(|effect| match effect {
            Effect::Deny { reason } => Some(*reason),
            _ => None,
        });
        prop_assert_eq!(denied, refused.map(Denial::Terminated));
    }

    #[test]
    fn a_sweep_changes_exactly_what_the_machine_changes(
        engine in any_engine(),
        known in any_session(),
        now in any_time(),
    ) {
        let plan = engine.sweep_plan(now);
        let crossed = |cut: Option<UnixMillis>, time: UnixMillis| cut.is_some_and(|cut| time <= cut);
        let after = |event| engine.transition(Some(known), event, now);
        let terminates = |event| after(event).effects.contains(&Effect::RevokeRefreshFamily);
        let live = LIVE.contains(&known.state);
        let marked = known.state == DetailedState::Active && crossed(plan.idle_before, known.last_seen);
        prop_assert_eq!(marked, after(Event::IdleElapsed).effects == vec![Effect::MarkInactive]);
        let swept = if live { swept(&plan, known.logged_in, known.last_seen) } else { None };
        prop_assert_eq!(swept == Some(Reason::Expired), terminates(Event::AbsoluteElapsed));
        if swept != Some(Reason::Expired) {
            prop_assert_eq!(swept == Some(Reason::Idle), terminates(Event::IdleElapsed));
        }
        if let DetailedState::Terminated { at, .. } = known.state {
            let purged = after(Event::RetentionElapsed).session.is_none();
            prop_assert_eq!(crossed(plan.purge_before, at), purged);
        }
    }
}
