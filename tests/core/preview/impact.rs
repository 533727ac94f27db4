//! The impact of settings on stored sessions is what a sweep would change.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::preview::impact::{Impact, Stored};
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::state::SessionState;
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const START_MS: u64 = 1_000_000_000_000;
const ABSOLUTE_MS: u64 = 30 * 86_400_000;

proptest! {
    #[test]
    fn the_impact_is_what_a_sweep_changes(
        state in prop::sample::select(SessionState::ALL.to_vec()),
        ages in prop::array::uniform3(0..3 * ABSOLUTE_MS),
        on_inactive in prop::sample::select(OnInactive::ALL.to_vec()),
    ) {
        let engine = Engine::new(&Settings { on_inactive, ..Settings::default() });
        let now = UnixMillis::new(START_MS);
        let [logged_in, last_seen, terminated] = ages.map(|age| now.before(Millis::new(age)).unwrap());
        let plan = engine.sweep_plan(now);
        let crossed = |cut: Option<UnixMillis>, time| cut.is_some_and(|cut| time <= cut);
        let mut impact = Impact::default();
        impact.record(&engine, 7, Stored { state, logged_in, last_seen, terminated }, now);
        let is_terminated = state == SessionState::Terminated;
        let expired = !is_terminated && crossed(plan.expired_before, logged_in);
        let idle = !is_terminated && !expired && crossed(plan.idle_terminated_before, last_seen);
        let inactive = state == SessionState::Active && !expired && crossed(plan.idle_before, last_seen);
        let listed = |listed: bool| if listed { vec![7] } else { vec![] };
        prop_assert_eq!(impact, Impact {
            inactive: listed(inactive),
            idle: listed(idle),
            expired: listed(expired),
            deleted: listed(is_terminated && crossed(plan.purge_before, terminated)),
        });
    }
}
