//! A user has at most as many sessions as allowed, and expired ones do not count.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::limit::{LimitDecision, LiveSession, OnLimit};
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::revocation::Revocation;
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const NOW: UnixMillis = UnixMillis::new(1_700_000_000_000);
const NONE: Revocation =
    Revocation { not_before: UnixMillis::new(0), number: 0, written: UnixMillis::new(0) };
const ABSOLUTE_MS: u64 = 1_000_000_000;

fn settings(max: Option<u32>, on_limit: OnLimit) -> Settings {
    Settings {
        max_sessions_per_user: max,
        on_limit,
        absolute_timeout: AbsoluteTimeout::After(Millis::new(ABSOLUTE_MS)),
        ..Settings::default()
    }
}

fn began(age_ms: u64) -> LiveSession {
    let logged_in = NOW.before(Millis::new(age_ms)).unwrap_or(NOW);
    LiveSession { logged_in, known_revocation: 0, last_seen: NOW, expires: None }
}

/// Decides on a new login of a user who has other sessions.
fn decide(engine: &Engine, others: &[LiveSession], revocation: &Revocation) -> LimitDecision {
    let live = [others, &[began(0)]].concat();
    engine.decide_limit(&live, Some(others.len()), revocation, NOW)
}

fn login(max: u32, on_limit: OnLimit, ages_ms: &[u64]) -> LimitDecision {
    let others: Vec<LiveSession> = ages_ms.iter().copied().map(began).collect();
    decide(&Engine::new(&settings(Some(max), on_limit)), &others, &NONE)
}

#[test]
fn a_login_within_the_limit_is_allowed() {
    for on_limit in OnLimit::ALL {
        assert_eq!(login(1, on_limit, &[]), LimitDecision::Allow);
        assert_eq!(login(3, on_limit, &[1, 2]), LimitDecision::Allow);
    }
}

#[test]
fn a_login_beyond_the_limit_evicts_those_that_began_first() {
    let evict = OnLimit::EvictOldest;
    assert_eq!(login(3, evict, &[1, 30, 20]), LimitDecision::Evict(vec![1]));
    assert_eq!(login(2, evict, &[1, 30, 20]), LimitDecision::Evict(vec![1, 2]));
    assert_eq!(login(1, evict, &[5, 5]), LimitDecision::Evict(vec![0, 1]));
    assert_eq!(login(2, evict, &[5, 5]), LimitDecision::Evict(vec![0]));
}

#[test]
fn a_limit_of_zero_refuses_every_login_or_keeps_the_new_one_alone() {
    assert_eq!(login(0, OnLimit::DenyNew, &[]), LimitDecision::Deny);
    assert_eq!(login(0, OnLimit::EvictOldest, &[]), LimitDecision::Allow);
    assert_eq!(login(0, OnLimit::EvictOldest, &[1, 2]), LimitDecision::Evict(vec![1, 0]));
}

#[test]
fn a_login_beyond_the_limit_is_denied_where_the_option_says_so() {
    assert_eq!(login(2, OnLimit::DenyNew, &[1, 2]), LimitDecision::Deny);
}

#[test]
fn without_a_limit_every_login_is_allowed() {
    let engine = Engine::new(&settings(None, OnLimit::DenyNew));
    assert_eq!(decide(&engine, &vec![began(1); 500], &NONE), LimitDecision::Allow);
}

#[test]
fn expired_sessions_lock_nobody_out() {
    assert_eq!(login(1, OnLimit::DenyNew, &[ABSOLUTE_MS]), LimitDecision::Allow);
    assert_eq!(login(1, OnLimit::DenyNew, &[ABSOLUTE_MS - 1]), LimitDecision::Deny);
    assert_eq!(login(1, OnLimit::EvictOldest, &[ABSOLUTE_MS, 3]), LimitDecision::Evict(vec![1]));
}

#[test]
fn sessions_whose_tokens_have_run_out_lock_nobody_out() {
    let engine = Engine::new(&settings(Some(1), OnLimit::DenyNew));
    let expiring = |at| [LiveSession { expires: Some(at), ..began(1) }];
    assert_eq!(decide(&engine, &expiring(NOW), &NONE), LimitDecision::Allow);
    assert_eq!(decide(&engine, &expiring(NOW.after(Millis::new(1))), &NONE), LimitDecision::Deny);
}

#[test]
fn idle_sessions_count_only_where_idleness_does_not_terminate_them() {
    let idle = LiveSession { last_seen: began(2_000_000).logged_in, ..began(2_000_000) };
    let decided = |on_inactive| {
        let settings = Settings { on_inactive, ..settings(Some(1), OnLimit::DenyNew) };
        decide(&Engine::new(&settings), &[idle], &NONE)
    };
    assert_eq!(decided(OnInactive::Mark), LimitDecision::Deny);
    assert_eq!(decided(OnInactive::Terminate), LimitDecision::Allow);
}

#[test]
fn revoked_sessions_lock_nobody_out() {
    let engine = Engine::new(&settings(Some(1), OnLimit::DenyNew));
    let revoked_at = |not_before| Revocation { not_before, ..Revocation::default() };
    let numbered = |number| Revocation { number, ..Revocation::default() };
    let others = [LiveSession { known_revocation: 4, ..began(10) }];
    let decided = |revocation| decide(&engine, &others, &revocation);
    let began = others[0].logged_in;
    assert_eq!(decided(revoked_at(began)), LimitDecision::Deny);
    assert_eq!(decided(revoked_at(began.after(Millis::new(1)))), LimitDecision::Allow);
    assert_eq!(decided(numbered(4)), LimitDecision::Deny);
    assert_eq!(decided(numbered(5)), LimitDecision::Allow);
}

#[test]
fn logins_at_once_agree_on_the_surplus_one_if_the_oldest_goes() {
    let engine = Engine::new(&settings(Some(2), OnLimit::EvictOldest));
    let live = [began(3), began(2), began(1)];
    for login in [None, Some(0), Some(1), Some(2)] {
        assert_eq!(engine.decide_limit(&live, login, &NONE, NOW), LimitDecision::Evict(vec![0]));
    }
}

#[test]
fn a_login_that_others_have_evicted_is_denied_by_all_that_are_left() {
    let engine = Engine::new(&settings(Some(2), OnLimit::DenyNew));
    let live = [began(2), began(1)];
    assert_eq!(engine.decide_limit(&live, Some(1), &NONE, NOW), LimitDecision::Allow);
    assert_eq!(engine.decide_limit(&live, None, &NONE, NOW), LimitDecision::Deny);
}

proptest! {
    #[test]
    fn after_any_login_there_are_at_most_as_many_as_allowed(
        max in 1..8u32,
        ages in prop::collection::vec(0..2 * ABSOLUTE_MS, 0..20),
    ) {
        let counted: Vec<u64> = ages.iter().copied().filter(|age| *age < ABSOLUTE_MS).collect();
        let evicted = match login(max, OnLimit::EvictOldest, &ages) {
            LimitDecision::Allow => vec![],
            LimitDecision::Evict(indices) => indices,
            LimitDecision::Deny => return Err(TestCaseError::fail("it evicts rather than denies")),
        };
        let left = counted.len() - evicted.len();
        prop_assert!(left < max as usize);
        prop_assert!(evicted.is_empty() || left + 1 == max as usize);
        let youngest_evicted = evicted.iter().map(|index| ages[*index]).min().unwrap_or(u64::MAX);
        let older_left = counted.iter().filter(|age| **age > youngest_evicted).count();
        prop_assert!(older_left < evicted.len().max(1));
        let denied = login(max, OnLimit::DenyNew, &ages) == LimitDecision::Deny;
        prop_assert_eq!(denied, !evicted.is_empty());
    }
}
