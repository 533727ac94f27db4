//! Quotas are exact to the millisecond, and no clock makes them give more or lock out for long.

#![allow(clippy::print_stdout)] // How much was compared is worth knowing.

use magic_sessionmanager_core::error::Code;
use magic_sessionmanager_core::rate::gcra::{Decision, Tat, decide};
use magic_sessionmanager_core::rate::quota::{MAX_BURST, MAX_LIMIT, MAX_WINDOW, Quota};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const START_MS: u64 = 1_700_000_000_000;

fn quota(limit: u64, window_ms: u64, burst: u64) -> Quota {
    Quota::new(limit, Millis::new(window_ms), burst).unwrap()
}

fn at(after_start_ms: u64) -> UnixMillis {
    UnixMillis::new(START_MS + after_start_ms)
}

/// A store of one entry, that takes what it is given.
struct Store {
    quota: Quota,
    tat: Option<Tat>,
}

impl Store {
    fn new(quota: Quota) -> Self {
        Self { quota, tat: None }
    }

    fn ask(&mut self, now: UnixMillis) -> Decision {
        let decision = decide(self.quota, self.tat, now);
        self.tat = Some(decision.tat);
        decision
    }

    fn exhaust(&mut self, now: UnixMillis) -> Decision {
        (0..self.quota.burst()).for_each(|_| assert!(self.ask(now).allowed));
        let refused = self.ask(now);
        assert!(!refused.allowed);
        refused
    }
}

fn any_quota() -> impl Strategy<Value = Quota> {
    let limit = prop_oneof![1..=20_u64, 1..=MAX_LIMIT];
    let window = prop_oneof![1..=2_000_u64, 1..=MAX_WINDOW.get()];
    let burst = prop_oneof![1..=10_u64, 1..=MAX_BURST];
    (limit, window, burst).prop_map(|(limit, window, burst)| quota(limit, window, burst))
}

fn small_quota() -> impl Strategy<Value = Quota> {
    (1..=20_u64, 1..=2_000_u64, 1..=10_u64).prop_map(|(limit, window, burst)| quota(limit, window, burst))
}

fn any_tat() -> impl Strategy<Value = Option<Tat>> {
    proptest::option::of(
        (any::<u64>(), any::<u64>()).prop_map(|(at, ticks)| Tat { at: UnixMillis::new(at), ticks }),
    )
}

/// Says whether so many occurrences within `span_ms` are no more than `burst + span / interval`.
fn keeps(quota: Quota, occurrences: u64, span_ms: u64) -> bool {
    let (limit, window) = (u128::from(quota.limit()), u128::from(quota.window().get()));
    u128::from(occurrences.saturating_sub(quota.burst())) * window <= u128::from(span_ms) * limit
}

#[test]
fn a_burst_passes_at_once_and_then_one_per_interval() {
    let mut store = Store::new(quota(60, 60_000, 3));
    for remaining in [2, 1, 0] {
        let decision = store.ask(at(0));
        assert_eq!((decision.allowed, decision.remaining), (true, remaining));
        assert_eq!(decision.retry_after, Millis::new(0));
        assert_eq!(decision.reset, Millis::new((3 - remaining) * 1000));
    }
    let refused = store.ask(at(400));
    assert_eq!((refused.allowed, refused.remaining), (false, 0));
    assert_eq!((refused.retry_after, refused.reset), (Millis::new(600), Millis::new(2600)));
    assert!(!store.ask(at(999)).allowed);
    assert!(store.ask(at(1000)).allowed);
    assert!(!store.ask(at(1001)).allowed);
}

#[test]
fn an_interval_that_is_no_whole_number_of_milliseconds_loses_nothing() {
    // A third of a second each; asked for as soon as it is earned, to the millisecond, for an hour.
    let mut store = Store::new(quota(3, 1000, 2));
    store.exhaust(at(0));
    for second in 0..3600 {
        for (early, due) in [(333, 334), (666, 667), (999, 1000)] {
            assert!(!store.ask(at(second * 1000 + early)).allowed);
            assert!(store.ask(at(second * 1000 + due)).allowed);
        }
    }
}

#[test]
fn an_interval_below_a_millisecond_earns_several_at_once() {
    let mut store = Store::new(quota(2_500, 1000, 5));
    store.exhaust(at(0));
    let allowed_at = |store: &mut Store, ms| (0..9).filter(|_| store.ask(at(ms)).allowed).count();
    assert_eq!([1, 2, 3, 4].map(|ms| allowed_at(&mut store, ms)), [2, 3, 2, 3]);
    assert_eq!(allowed_at(&mut store, 1000), 5);
}

#[test]
fn what_is_not_asked_for_is_not_saved_beyond_the_burst() {
    let mut store = Store::new(quota(60, 60_000, 3));
    store.ask(at(0));
    store.exhaust(at(86_400_000));
}

#[test]
fn a_refusal_changes_nothing() {
    let mut store = Store::new(quota(7, 60_000, 2));
    store.exhaust(at(0));
    let before = store.tat;
    assert!(!store.ask(at(1)).allowed);
    assert_eq!(store.tat, before);
}

#[test]
fn a_small_step_back_makes_the_wait_longer_by_the_step() {
    let mut store = Store::new(quota(60, 60_000, 3));
    let before = store.exhaust(at(60_000));
    let after = store.ask(at(0));
    assert_eq!((after.allowed, after.tat), (false, before.tat));
    assert_eq!(after.retry_after, Millis::new(before.retry_after.get() + 60_000));
}

#[test]
fn a_large_step_back_leaves_an_empty_burst_that_fills_again() {
    let mut store = Store::new(quota(60, 60_000, 3));
    store.exhaust(at(60_001));
    let after = store.ask(at(0));
    assert_eq!((after.allowed, after.remaining, after.retry_after), (false, 0, Millis::new(1000)));
    assert!(!store.ask(at(999)).allowed);
    assert!(store.ask(at(1000)).allowed);
    assert!(!store.ask(at(1000)).allowed);
}

#[test]
fn time_stands_still_after_the_last_date() {
    let mut store = Store::new(quota(60, 60_000, 3));
    store.exhaust(UnixMillis::LATEST);
    assert!(!store.ask(UnixMillis::new(u64::MAX)).allowed);
    assert!(store.tat.unwrap().at.get() < 1 << 53);
}

#[test]
fn a_quota_has_bounds() {
    let day = Millis::from_days(1);
    for (field, made) in [
        ("quota.limit", Quota::new(0, day, 1)),
        ("quota.limit", Quota::new(MAX_LIMIT + 1, day, 1)),
        ("quota.windowMs", Quota::new(1, Millis::new(0), 1)),
        ("quota.windowMs", Quota::new(1, Millis::new(MAX_WINDOW.get() + 1), 1)),
        ("quota.burst", Quota::new(1, day, 0)),
        ("quota.burst", Quota::new(1, day, MAX_BURST + 1)),
        ("quota.burst", Quota::new(1, day, u64::MAX)),
    ] {
        let error = made.unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::InvalidArgument, Some(field)));
    }
    assert!(Quota::new(MAX_LIMIT, MAX_WINDOW, MAX_BURST).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_span_sees_more_than_the_quota(
        quota in small_quota(),
        steps in prop::collection::vec(prop_oneof![Just(0_u64), 0..=20_u64, 0..=3_000_u64], 1..120),
    ) {
        let mut store = Store::new(quota);
        let mut now = 0;
        let mut passed = Vec::new();
        for step in steps {
            now += step;
            if store.ask(at(now)).allowed {
                passed.push(now);
            }
        }
        for (first, start) in passed.iter().enumerate() {
            for (last, end) in passed.iter().enumerate().skip(first) {
                prop_assert!(keeps(quota, (last - first + 1) as u64, end - start));
            }
        }
    }

    #[test]
    fn a_wait_is_exact_to_the_millisecond(quota in any_quota(), tat in any_tat(), now in 0..=START_MS) {
        let mut store = Store { quota, tat };
        let last = loop {
            let decision = store.ask(UnixMillis::new(now));
            if !decision.allowed {
                break decision;
            }
        };
        let retry = last.retry_after.get();
        prop_assert!(retry > 0);
        prop_assert!(!decide(quota, store.tat, UnixMillis::new(now + retry - 1)).allowed);
        prop_assert!(decide(quota, store.tat, UnixMillis::new(now + retry)).allowed);
    }

    #[test]
    fn after_the_reset_there_is_nothing_to_remember(quota in any_quota(), tat in any_tat(), now in 0..=START_MS) {
        let decision = decide(quota, tat, UnixMillis::new(now));
        let later = UnixMillis::new(now + decision.reset.get());
        prop_assert_eq!(decide(quota, Some(decision.tat), later), decide(quota, None, later));
    }

    #[test]
    fn before_the_reset_no_whole_burst_passes(quota in small_quota(), tat in any_tat(), now in 0..=START_MS) {
        let decision = decide(quota, tat, UnixMillis::new(now));
        let just_before = UnixMillis::new(now + decision.reset.get() - 1);
        let mut store = Store { quota, tat: Some(decision.tat) };
        prop_assert!((0..quota.burst()).any(|_| !store.ask(just_before).allowed));
    }

    #[test]
    fn an_earlier_clock_never_allows_more(quota in any_quota(), tat in any_tat(), now: u64, back: u64) {
        let earlier = decide(quota, tat, UnixMillis::new(now.saturating_sub(back)));
        let later = decide(quota, tat, UnixMillis::new(now));
        prop_assert!(later.allowed || !earlier.allowed);
        prop_assert!(later.remaining >= earlier.remaining);
    }

    #[test]
    fn a_step_back_earns_nothing_and_locks_nobody_out_for_long(
        quota in small_quota(),
        before in prop::collection::vec(0..=500_u64, 0..60),
        back in prop_oneof![0..=5_000_u64, 0..=START_MS],
        after in prop::collection::vec(0..=500_u64, 1..60),
    ) {
        let mut store = Store::new(quota);
        let (mut clock, mut ran, mut passed) = (START_MS, 0, Vec::new());
        for (index, step) in before.iter().chain(&after).enumerate() {
            if index == before.len() {
                clock -= back;
            }
            (clock, ran) = (clock + step, ran + step);
            if store.ask(UnixMillis::new(clock)).allowed {
                passed.push(ran);
            }
        }
        for (first, start) in passed.iter().enumerate() {
            for (last, end) in passed.iter().enumerate().skip(first) {
                prop_assert!(keeps(quota, (last - first + 1) as u64, end - start));
            }
        }
        let wait = store.ask(UnixMillis::new(clock)).retry_after.get();
        let interval = quota.window().get().div_ceil(quota.limit());
        prop_assert!(wait <= quota.window().get() + interval * quota.burst());
    }

    #[test]
    fn every_number_gets_an_answer_that_can_be_stored(
        quota in any_quota(),
        tat in any_tat(),
        now in prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), Just(UnixMillis::LATEST.get())],
    ) {
        let decision = decide(quota, tat, UnixMillis::new(now));
        prop_assert!(decision.tat.at.get() < 1 << 53);
        prop_assert!(decision.tat.ticks < quota.limit());
        prop_assert!(decision.remaining <= quota.burst());
        prop_assert_eq!(decision.allowed, decision.retry_after == Millis::new(0));
        prop_assert!(decision.allowed || decision.remaining == 0);
    }

    #[test]
    fn another_quotas_tat_is_read_to_the_millisecond(quota in any_quota(), ticks: u64, ahead in 0..10_000_u64) {
        let whole = |ahead| decide(quota, Some(Tat { at: at(ahead), ticks: 0 }), at(0));
        let read = decide(quota, Some(Tat { at: at(ahead), ticks }), at(0));
        prop_assert!(whole(ahead).remaining >= read.remaining);
        prop_assert!(read.remaining >= whole(ahead + 1).remaining);
    }
}

/// The same limiter, kept as the list of all arrivals that passed, and judged by the promise itself: no span that
/// ends now may hold more than `burst + span / interval`.
struct Log {
    quota: Quota,
    passed_at_ms: Vec<i64>,
}

impl Log {
    /// Gives whether an arrival passes, how many more would, the time until one does, and until a burst would.
    fn ask(&mut self, now_ms: i64) -> (bool, i64, i64, i64) {
        let [limit, window, burst] =
            [self.quota.limit(), self.quota.window().get(), self.quota.burst()].map(u64::cast_signed);
        if self.fullest(now_ms) > burst * window + limit * window {
            self.passed_at_ms = vec![now_ms; self.quota.burst().try_into().unwrap()];
        }
        let short_by = self.fullest(now_ms) + window - burst * window;
        if short_by <= 0 {
            self.passed_at_ms.push(now_ms);
        }
        let full = self.fullest(now_ms);
        let round_up = |scaled: i64| if scaled > 0 { (scaled - 1) / limit + 1 } else { 0 };
        (short_by <= 0, (burst * window - full).max(0) / window, round_up(short_by), round_up(full))
    }

    /// Gives, for the fullest span that ends now, what passed in it less what was earned in it, times
    /// `window * limit` milliseconds.
    fn fullest(&self, now_ms: i64) -> i64 {
        let [limit, window] = [self.quota.limit(), self.quota.window().get()].map(u64::cast_signed);
        let (mut passed, mut fullest) = (0, 0);
        for at_ms in self.passed_at_ms.iter().rev() {
            passed += window;
            fullest = fullest.max(passed - (now_ms - at_ms) * limit);
        }
        fullest
    }
}

/// Marsaglia's xorshift64: quick, and the same in every run.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % (most + 1)
    }

    /// Draws small numbers as often as large ones.
    fn spread(&mut self, most: u64) -> u64 {
        let cap = most >> self.up_to(u64::from(most.ilog2()));
        self.up_to(cap)
    }
}

#[test]
fn ten_million_decisions_agree_with_a_log_of_arrivals() {
    const TRACES: u32 = 100_000;
    const ARRIVALS: u32 = 100;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut decisions, mut allowed, mut steps_back) = (0_u32, 0_u32, 0_u32);
    for trace in 0..TRACES {
        let quota = quota(1 + dice.spread(999), 1 + dice.spread(9_999_999), 1 + dice.spread(49));
        let mut log = Log { quota, passed_at_ms: Vec::new() };
        let mut store = Store::new(quota);
        let pace = 1 + 2 * quota.window().get() / quota.limit();
        let mut now_ms = START_MS;
        for arrival in 0..ARRIVALS {
            now_ms += dice.spread(pace);
            if dice.up_to(199) == 0 {
                now_ms -= dice.spread(4 * quota.window().get() + 4);
                steps_back += 1;
            }
            let decision = store.ask(UnixMillis::new(now_ms));
            let got = (
                decision.allowed,
                decision.remaining.cast_signed(),
                decision.retry_after.get().cast_signed(),
                decision.reset.get().cast_signed(),
            );
            assert_eq!(
                got,
                log.ask(now_ms.cast_signed()),
                "arrival {arrival} of trace {trace}, {quota:?}, at {now_ms}"
            );
            decisions += 1;
            allowed += u32::from(decision.allowed);
        }
    }
    println!("{decisions} decisions agree: {allowed} allowed, the clock stepped back {steps_back} times");
    assert_eq!(decisions, 10_000_000);
    assert!(allowed > decisions / 4 && allowed < decisions / 4 * 3 && steps_back > 10_000);
}
