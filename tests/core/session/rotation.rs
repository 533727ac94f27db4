//! A lost response can be asked for again, parallel requests of one client live, and a stolen refresh token terminates
//! the session.

use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::session::rotation::{
    ChildUse, OnRefreshReuse, RefreshDecision, ReusePolicy, Rotated,
};
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const ROTATED_MS: u64 = 1_000_000;
const USES: [ChildUse; 3] = [ChildUse::Unused, ChildUse::SameOrigin, ChildUse::OtherOrigin];

fn presented(on_refresh_reuse: OnRefreshReuse, child: ChildUse, after_rotation_ms: u64) -> RefreshDecision {
    let at = UnixMillis::new(ROTATED_MS);
    let now = UnixMillis::new(ROTATED_MS + after_rotation_ms);
    let settings = Settings { on_refresh_reuse, ..Settings::default() };
    Engine::new(&settings).decide_refresh(Some(Rotated { at, child }), now)
}

#[test]
fn a_token_that_was_never_exchanged_is_exchanged() {
    let engine = Engine::new(&Settings::default());
    assert_eq!(engine.decide_refresh(None, UnixMillis::new(1)), RefreshDecision::Rotate);
}

#[test]
fn within_the_window_a_client_may_repeat_itself_whatever_the_option_says() {
    for option in OnRefreshReuse::ALL {
        for child in [ChildUse::Unused, ChildUse::SameOrigin] {
            assert_eq!(presented(option, child, 0), RefreshDecision::Retry);
            assert_eq!(presented(option, child, 29_999), RefreshDecision::Retry);
        }
    }
}

#[test]
fn from_elsewhere_the_option_decides_at_once() {
    let expected = [RefreshDecision::Reuse, RefreshDecision::Refuse, RefreshDecision::Tolerate];
    let decided = OnRefreshReuse::ALL.map(|option| presented(option, ChildUse::OtherOrigin, 0));
    assert_eq!(decided, expected);
}

#[test]
fn after_the_window_nobody_is_answered() {
    let expected = [RefreshDecision::Reuse, RefreshDecision::Refuse, RefreshDecision::Refuse];
    for child in USES {
        assert_eq!(OnRefreshReuse::ALL.map(|option| presented(option, child, 30_000)), expected);
    }
}

#[test]
fn a_clock_that_is_behind_narrows_the_window_to_the_millisecond() {
    let decided = |child, window_ms, ahead_ms| {
        decide(child, OnRefreshReuse::Tolerate, ROTATED_MS, window_ms, ROTATED_MS - ahead_ms)
    };
    // An unused child is answered within the longer of the window and a minute.
    for (window_ms, open_ms) in [(1, 60_000), (30_000, 60_000), (60_000, 60_000), (90_000, 90_000)] {
        assert_eq!(decided(ChildUse::Unused, window_ms, open_ms - 1), RefreshDecision::Retry);
        assert_eq!(decided(ChildUse::Unused, window_ms, open_ms), RefreshDecision::Refuse);
    }
    for window_ms in [1, 30_000, 90_000] {
        let at = |child, ahead_ms| decided(child, window_ms, ahead_ms);
        assert_eq!(at(ChildUse::SameOrigin, window_ms - 1), RefreshDecision::Retry);
        assert_eq!(at(ChildUse::SameOrigin, window_ms), RefreshDecision::Refuse);
        assert_eq!(at(ChildUse::OtherOrigin, window_ms - 1), RefreshDecision::Tolerate);
        assert_eq!(at(ChildUse::OtherOrigin, window_ms), RefreshDecision::Refuse);
    }
}

#[test]
fn origins_are_the_same_only_if_both_are_known() {
    assert_eq!(ChildUse::compare(false, None, Some("a")), ChildUse::Unused);
    assert_eq!(ChildUse::compare(true, Some("a"), Some("a")), ChildUse::SameOrigin);
    for (used_by, presented_by) in
        [(None, None), (Some("a"), None), (None, Some("a")), (Some("a"), Some("b"))]
    {
        assert_eq!(ChildUse::compare(true, used_by, presented_by), ChildUse::OtherOrigin);
    }
}

#[test]
fn names_never_change() {
    let all = [
        RefreshDecision::Rotate,
        RefreshDecision::Retry,
        RefreshDecision::Tolerate,
        RefreshDecision::Refuse,
        RefreshDecision::Reuse,
    ];
    assert_eq!(all.map(RefreshDecision::as_str), ["rotate", "retry", "tolerate", "refuse", "reuse"]);
}

fn any_use() -> impl Strategy<Value = ChildUse> {
    prop::sample::select(USES.to_vec())
}

fn any_option() -> impl Strategy<Value = OnRefreshReuse> {
    prop::sample::select(OnRefreshReuse::ALL.to_vec())
}

fn decide(child: ChildUse, on_reuse: OnRefreshReuse, at: u64, window: u64, now: u64) -> RefreshDecision {
    let rotated = Rotated { at: UnixMillis::new(at), child };
    ReusePolicy { window: Millis::new(window), on_reuse }.decide(Some(rotated), UnixMillis::new(now))
}

proptest! {
    #[test]
    fn an_exchanged_token_is_never_exchanged_again(
        child in any_use(), option in any_option(), at: u64, window: u64, now: u64,
    ) {
        prop_assert_ne!(decide(child, option, at, window, now), RefreshDecision::Rotate);
    }

    #[test]
    fn a_window_of_zero_allows_no_retry(child in any_use(), option in any_option(), at: u64, now: u64) {
        let decision = decide(child, option, at, 0, now);
        prop_assert!(matches!(decision, RefreshDecision::Refuse | RefreshDecision::Reuse));
    }

    #[test]
    fn only_the_default_terminates(child in any_use(), option in any_option(), at: u64, window: u64, now: u64) {
        let terminates = decide(child, option, at, window, now) == RefreshDecision::Reuse;
        prop_assert!(!terminates || option == OnRefreshReuse::Terminate);
    }

    #[test]
    fn a_child_used_elsewhere_allows_no_retry(option in any_option(), at: u64, window: u64, now: u64) {
        prop_assert_ne!(decide(ChildUse::OtherOrigin, option, at, window, now), RefreshDecision::Retry);
    }

    #[test]
    fn the_window_is_bounded_whatever_the_clock_does(
        child in any_use(),
        option in any_option(),
        at in 0..200_000_u64,
        window in prop_oneof![0..2000_u64, 0..100_000_u64],
        now in 0..200_000_u64,
    ) {
        let decision = decide(child, option, at, window, now);
        let is_answered = matches!(decision, RefreshDecision::Retry | RefreshDecision::Tolerate);
        // An unused child is answered by an instance whose clock is behind by less than a minute.
        let is_open = now.saturating_sub(at) < window && at.saturating_sub(now) < window.max(60_000);
        let is_near = now.abs_diff(at) < window;
        let may_be = match (child, option) {
            (ChildUse::Unused, _) => is_open,
            (ChildUse::SameOrigin, _) | (_, OnRefreshReuse::Tolerate) => is_near,
            _ => false,
        };
        prop_assert_eq!(is_answered, may_be);
    }
}
