//! The impact of settings on stored sessions is what a sweep and the next clean-up would change.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::preview::impact::{Impact, Stored};
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::state::SessionState;
use magic_sessionmanager_core::settings::{Retention, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

use crate::common::sessions::swept;

const START_MS: u64 = 1_000_000_000_000;
const DAY_MS: u64 = 86_400_000;
const ABSOLUTE_MS: u64 = 30 * DAY_MS;

fn impact_of(stored: Stored, clean_up: UnixMillis) -> Impact {
    let mut impact = Impact::default();
    let settings = Settings { terminated_retention: Retention::Days(0), ..Settings::default() };
    impact.record(&Engine::new(&settings), 7, stored, UnixMillis::new(START_MS), Some(clean_up));
    impact
}

#[test]
fn a_record_is_deleted_by_the_first_clean_up_after_the_time_it_is_kept_until() {
    let ended = UnixMillis::new(START_MS - DAY_MS);
    let kept_until = UnixMillis::new(START_MS + DAY_MS);
    let stored = Stored {
        state: SessionState::Terminated,
        logged_in: ended,
        last_seen: ended,
        terminated: ended,
        kept_until,
    };
    assert_eq!(impact_of(stored, kept_until), Impact::default());
    let later = kept_until.after(Millis::new(1));
    assert_eq!(impact_of(stored, later), Impact { deleted: vec![7], ..Impact::default() });
}

proptest! {
    #[test]
    fn the_impact_is_what_a_sweep_and_the_next_clean_up_change(
        state in prop::sample::select(SessionState::ALL.to_vec()),
        ages in prop::array::uniform3(0..3 * ABSOLUTE_MS),
        on_inactive in prop::sample::select(OnInactive::ALL.to_vec()),
        retention_days in 0..3_u32,
        (next, kept) in (0..3 * DAY_MS, 0..3 * DAY_MS),
    ) {
        let terminated_retention = Retention::Days(retention_days);
        let engine = Engine::new(&Settings { on_inactive, terminated_retention, ..Settings::default() });
        let now = UnixMillis::new(START_MS);
        let [logged_in, last_seen, terminated] = ages.map(|age| now.before(Millis::new(age)).unwrap());
        let kept_until = UnixMillis::new(START_MS + kept);
        let plan = engine.sweep_plan(now);
        let crossed = |cut: Option<UnixMillis>, time| cut.is_some_and(|cut| time <= cut);
        let is_terminated = state == SessionState::Terminated;
        let reason = if is_terminated { None } else { swept(&plan, logged_in, last_seen) };
        let inactive = state == SessionState::Active && reason.is_none() && crossed(plan.idle_before, last_seen);
        let listed = |listed: bool| if listed { vec![7] } else { vec![] };
        let stored = Stored { state, logged_in, last_seen, terminated, kept_until };
        for clean_up in [None, Some(UnixMillis::new(START_MS + next))] {
            let ended = if is_terminated { Some(terminated) } else { reason.map(|_| now) };
            let deleted = clean_up.is_some_and(|at| {
                kept_until < at && ended.is_some_and(|ended| crossed(engine.sweep_plan(at).purge_before, ended))
            });
            let mut impact = Impact::default();
            impact.record(&engine, 7, stored, now, clean_up);
            prop_assert_eq!(impact, Impact {
                inactive: listed(inactive),
                idle: listed(reason == Some(Reason::Idle)),
                expired: listed(reason == Some(Reason::Expired)),
                deleted: listed(deleted),
            });
        }
    }
}
