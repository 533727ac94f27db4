//! A lost response can be asked for again, and a stolen refresh token terminates the session.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::rotation::{RefreshDecision, Rotated, decide};
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const ROTATED_MS: u64 = 1_000_000;

fn presented(child_used: bool, after_rotation_ms: u64) -> RefreshDecision {
    let at = UnixMillis::new(ROTATED_MS);
    let now = UnixMillis::new(ROTATED_MS + after_rotation_ms);
    Engine::new(&Settings::default()).decide_refresh(Some(Rotated { at, child_used }), now)
}

#[test]
fn a_token_that_was_never_exchanged_is_exchanged() {
    let engine = Engine::new(&Settings::default());
    assert_eq!(engine.decide_refresh(None, UnixMillis::new(1)), RefreshDecision::Rotate);
}

#[test]
fn a_lost_response_can_be_asked_for_again_within_the_window() {
    assert_eq!(presented(false, 0), RefreshDecision::Retry);
    assert_eq!(presented(false, 29_999), RefreshDecision::Retry);
    assert_eq!(presented(false, 30_000), RefreshDecision::Reuse);
}

#[test]
fn a_replay_after_the_child_was_used_is_a_theft() {
    assert_eq!(presented(true, 0), RefreshDecision::Reuse);
}

#[test]
fn names_never_change() {
    let all = [RefreshDecision::Rotate, RefreshDecision::Retry, RefreshDecision::Reuse];
    assert_eq!(all.map(RefreshDecision::as_str), ["rotate", "retry", "reuse"]);
}

proptest! {
    #[test]
    fn a_used_child_allows_no_retry(at: u64, window: u64, now: u64) {
        let rotated = Rotated { at: UnixMillis::new(at), child_used: true };
        let decision = decide(Some(rotated), Millis::new(window), UnixMillis::new(now));
        prop_assert_eq!(decision, RefreshDecision::Reuse);
    }

    #[test]
    fn a_window_of_zero_allows_no_retry(at: u64, child_used: bool, now: u64) {
        let rotated = Rotated { at: UnixMillis::new(at), child_used };
        let decision = decide(Some(rotated), Millis::new(0), UnixMillis::new(now));
        prop_assert_eq!(decision, RefreshDecision::Reuse);
    }

    #[test]
    fn the_window_is_bounded_whatever_the_clock_does(at: u64, window: u64, now: u64) {
        let rotated = Rotated { at: UnixMillis::new(at), child_used: false };
        let decision = decide(Some(rotated), Millis::new(window), UnixMillis::new(now));
        prop_assert_eq!(decision == RefreshDecision::Retry, now.saturating_sub(at) < window);
    }
}
