//! Failed logins cost more and more, and nobody can keep an account from its owner.

use magic_sessionmanager_core::rate::lockout::{
    CLEAN_AFTER, Decision, Lockout, LockoutPolicy, Record, Subject,
};
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const START_MS: u64 = 1_700_000_000_000;
const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

fn at(after_start_ms: u64) -> UnixMillis {
    UnixMillis::new(START_MS + after_start_ms)
}

fn locked(by: Subject, retry_after_ms: u64) -> Decision {
    Decision::Locked { by, retry_after: Millis::new(retry_after_ms) }
}

fn wait_ms(decision: Decision) -> u64 {
    match decision {
        Decision::Allowed => 0,
        Decision::Locked { retry_after, .. } => retry_after.get(),
    }
}

/// Gives the record after some failures, all at one moment.
fn failed(subject: Subject, times: u32, when: UnixMillis) -> Option<Record> {
    let fail = |record, _| Some(Lockout::default().after_failure(subject, record, when));
    (0..times).fold(None, fail)
}

/// Gives the record of an address that has failed once: not locked, but not clean.
fn unclean(when: UnixMillis) -> Option<Record> {
    failed(Subject::Address, 1, when)
}

/// Gives how long the lock is after each of so many failures, all at one moment.
fn delays_ms(subject: Subject, failures: u32) -> Vec<u64> {
    let delay = |times| failed(subject, times, at(0)).unwrap().locked_until.since(at(0)).get();
    (1..=failures).map(delay).collect()
}

fn any_record() -> impl Strategy<Value = Option<Record>> {
    let time = || prop_oneof![any::<u64>(), START_MS - 2 * DAY..START_MS + 2 * DAY].prop_map(UnixMillis::new);
    proptest::option::of((time(), time(), time()).prop_map(|(forgiven_at, last_failure, locked_until)| {
        Record { forgiven_at, last_failure, locked_until }
    }))
}

fn any_policy() -> impl Strategy<Value = LockoutPolicy> {
    let span = || prop_oneof![Just(0), 0..DAY, any::<u64>()].prop_map(Millis::new);
    let count = || prop_oneof![0..70_u32, any::<u32>()];
    (count(), span(), count(), span()).prop_map(|(free_failures, first_delay, doublings, forgiven_every)| {
        LockoutPolicy { free_failures, first_delay, doublings, forgiven_every }
    })
}

fn any_subject() -> impl Strategy<Value = Subject> {
    proptest::sample::select(Subject::ALL.to_vec())
}

#[test]
fn a_subject_is_known_by_its_name_alone() {
    assert_eq!(Subject::ALL.map(Subject::as_str), ["identifier", "address"]);
    for subject in Subject::ALL {
        assert_eq!(Subject::parse(subject.as_str()), Some(subject));
    }
    for name in ["", "Address", "addresses"] {
        assert_eq!(Subject::parse(name), None);
    }
}

#[test]
fn whoever_has_never_failed_may_try() {
    assert_eq!(Lockout::default().decide(None, None, at(0)), Decision::Allowed);
}

#[test]
fn an_account_locks_for_a_second_after_the_sixth_failure_and_twice_as_long_after_each_more() {
    let expected = [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 64, 64].map(|seconds| seconds * SECOND);
    assert_eq!(delays_ms(Subject::Identifier, 14), expected);
}

#[test]
fn an_address_locks_after_the_thirty_first_failure_for_up_to_seventeen_minutes() {
    let delays = delays_ms(Subject::Address, 42);
    assert!(delays.iter().take(30).all(|delay| *delay == 0));
    let expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024].map(|seconds| seconds * SECOND);
    assert_eq!(delays.iter().skip(30).copied().collect::<Vec<_>>(), expected);
}

#[test]
fn a_lock_ends_on_the_millisecond() {
    let lockout = Lockout::default();
    let identifier = failed(Subject::Identifier, 8, at(0));
    let decide = |after_ms| lockout.decide(identifier, unclean(at(0)), at(after_ms));
    assert_eq!(decide(0), locked(Subject::Identifier, 4000));
    assert_eq!(decide(3999), locked(Subject::Identifier, 1));
    assert_eq!(decide(4000), Decision::Allowed);
    let address = failed(Subject::Address, 33, at(0));
    assert_eq!(lockout.decide(None, address, at(3999)), locked(Subject::Address, 1));
    assert_eq!(lockout.decide(None, address, at(4000)), Decision::Allowed);
}

#[test]
fn the_longer_of_two_locks_is_named() {
    let lockout = Lockout::default();
    let [short, long] = [7, 9].map(|failures| failed(Subject::Identifier, failures, at(0)));
    let address = failed(Subject::Address, 33, at(0));
    assert_eq!(lockout.decide(short, address, at(0)), locked(Subject::Address, 4000));
    assert_eq!(lockout.decide(long, address, at(0)), locked(Subject::Identifier, 8000));
    let as_long = failed(Subject::Identifier, 8, at(0));
    assert_eq!(lockout.decide(as_long, address, at(0)), locked(Subject::Address, 4000));
}

#[test]
fn a_lock_further_off_than_twice_the_longest_delay_does_not_hold() {
    let lockout = Lockout::default();
    let longest = [lockout.identifier, lockout.address].map(|policy| policy.longest_delay().get());
    assert_eq!(longest, [64 * SECOND, 1024 * SECOND]);
    let until = |ms| Some(Record { locked_until: at(ms), ..unclean(at(0)).unwrap() });
    let [account, address] = longest.map(|longest| 2 * longest);
    assert_eq!(lockout.decide(until(account), unclean(at(0)), at(0)), locked(Subject::Identifier, account));
    assert_eq!(lockout.decide(until(account + 1), unclean(at(0)), at(0)), Decision::Allowed);
    assert_eq!(lockout.decide(None, until(address), at(0)), locked(Subject::Address, address));
    assert_eq!(lockout.decide(None, until(address + 1), at(0)), Decision::Allowed);
}

#[test]
fn a_step_back_makes_no_lock_of_a_free_failure() {
    let lockout = Lockout::default();
    let [identifier, address] = Subject::ALL.map(|subject| failed(subject, 5, at(2000)));
    assert_eq!(lockout.decide(identifier, address, at(0)), Decision::Allowed);
}

#[test]
fn time_stands_still_after_the_last_date() {
    let address = failed(Subject::Address, 31, UnixMillis::new(u64::MAX));
    let decision = Lockout::default().decide(None, address, UnixMillis::new(u64::MAX));
    assert_eq!(decision, locked(Subject::Address, SECOND));
}

#[test]
fn an_accounts_lock_does_not_hold_an_address_that_has_not_failed_for_a_day() {
    let lockout = Lockout::default();
    let identifier = failed(Subject::Identifier, 40, at(DAY));
    assert_eq!(lockout.decide(identifier, None, at(DAY)), Decision::Allowed);
    assert_eq!(lockout.decide(identifier, unclean(at(0)), at(DAY)), Decision::Allowed);
    assert_eq!(lockout.decide(identifier, unclean(at(1)), at(DAY)), locked(Subject::Identifier, 1));
    assert_eq!(lockout.decide(identifier, unclean(at(DAY)), at(DAY)), locked(Subject::Identifier, 64_000));
}

#[test]
fn a_success_clears_the_account_and_not_the_address() {
    let lockout = Lockout::default();
    for subject in Subject::ALL {
        let record = failed(subject, 40, at(0));
        let kept = if subject == Subject::Address { record } else { None };
        assert_eq!(lockout.after_success(subject, record), kept);
        assert_eq!(lockout.after_success(subject, None), None);
    }
}

#[test]
fn a_failure_every_quarter_of_an_hour_never_locks_and_one_more_often_does() {
    let locks_within_a_week = |subject, every_ms| {
        let mut record = None;
        (0..7 * DAY / every_ms).any(|failure| {
            let now = at(failure * every_ms);
            let next = Lockout::default().after_failure(subject, record, now);
            record = Some(next);
            next.locked_until > now
        })
    };
    for subject in Subject::ALL {
        assert!(!locks_within_a_week(subject, 15 * MINUTE));
        assert!(locks_within_a_week(subject, 13 * MINUTE));
    }
}

/// An attacker with some addresses, who tries one account whenever a lock lets them.
struct Attack {
    identifier: Option<Record>,
    addresses: Vec<Option<Record>>,
    guesses: u64,
    locked_ms: u64,
}

impl Attack {
    /// Lets the attack run for some time, and asks `watch` every second, after the attacker has had their turn.
    fn run(addresses: usize, lasting_ms: u64, mut watch: impl FnMut(&Self, UnixMillis)) -> Self {
        let lockout = Lockout::default();
        let mut attack =
            Self { identifier: None, addresses: vec![None; addresses], guesses: 0, locked_ms: 0 };
        for second in 0..lasting_ms / SECOND {
            let now = at(second * SECOND);
            for address in &mut attack.addresses {
                while lockout.decide(attack.identifier, *address, now) == Decision::Allowed {
                    let fail = |subject, record| Some(lockout.after_failure(subject, record, now));
                    *address = fail(Subject::Address, *address);
                    attack.identifier = fail(Subject::Identifier, attack.identifier);
                    attack.guesses += 1;
                }
            }
            let holds = lockout.decide(attack.identifier, unclean(now), now) != Decision::Allowed;
            attack.locked_ms += if holds { SECOND } else { 0 };
            watch(&attack, now);
        }
        attack
    }
}

#[test]
fn one_address_gets_few_guesses_and_cannot_keep_an_account_locked() {
    let attack = Attack::run(1, 7 * DAY, |_, _| {});
    assert!(attack.guesses <= 41 + 7 * 96, "{} guesses in a week", attack.guesses);
    assert!(attack.locked_ms < 7 * DAY / 10, "locked for {} ms of a week", attack.locked_ms);
}

#[test]
fn many_addresses_get_one_guess_each_a_day_and_one_a_minute_together() {
    let attack = Attack::run(100, DAY, |_, _| {});
    let bound = 100 + 12 + DAY / (64 * SECOND);
    assert!(attack.guesses <= bound, "{} guesses in a day", attack.guesses);
}

#[test]
fn the_owner_gets_in_from_a_clean_address_at_any_moment_of_any_attack() {
    let lockout = Lockout::default();
    let mut moments = 0;
    Attack::run(100, 6 * HOUR, |attack, now| {
        assert_eq!(lockout.decide(attack.identifier, None, now), Decision::Allowed);
        moments += 1;
    });
    assert_eq!(moments, 6 * HOUR / SECOND);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_wait_is_exact_to_the_millisecond(identifier in any_record(), address in any_record(), now in 0..2 * START_MS) {
        let lockout = Lockout::default();
        let decide = |now| lockout.decide(identifier, address, UnixMillis::new(now));
        if let Decision::Locked { retry_after, .. } = decide(now) {
            prop_assert!(retry_after > Millis::new(0));
            prop_assert_ne!(decide(now + retry_after.get() - 1), Decision::Allowed);
            prop_assert_eq!(decide(now + retry_after.get()), Decision::Allowed);
        }
    }

    #[test]
    fn no_clock_locks_for_more_than_twice_the_longest_delay(identifier in any_record(), address in any_record(), now: u64) {
        let lockout = Lockout::default();
        let decision = lockout.decide(identifier, address, UnixMillis::new(now));
        prop_assert!(wait_ms(decision) <= 2 * lockout.address.longest_delay().get());
        let account_only = lockout.decide(identifier, unclean(UnixMillis::new(now)), UnixMillis::new(now));
        prop_assert!(wait_ms(account_only) <= 2 * lockout.identifier.longest_delay().get());
    }

    #[test]
    fn a_failure_never_shortens_a_lock(subject in any_subject(), failures in 1..50_u32, now in -64_000..3_600_000_i64) {
        let lockout = Lockout::default();
        let record = failed(subject, failures, at(0)).unwrap();
        let now = UnixMillis::new(START_MS.saturating_add_signed(now));
        let next = lockout.after_failure(subject, Some(record), now);
        let was_locked = record.locked_until > record.last_failure && record.locked_until > now;
        prop_assert!(!was_locked || next.locked_until >= record.locked_until);
        prop_assert!(next.locked_until.since(now).get() <= 2 * lockout.address.longest_delay().get());
    }

    #[test]
    fn a_step_back_forgives_no_failure(subject in any_subject(), failures in 1..50_u32, back in 0..START_MS) {
        let lockout = Lockout::default();
        let record = failed(subject, failures, at(0));
        let lock = |now| lockout.after_failure(subject, record, now).locked_until.since(now);
        prop_assert!(lock(UnixMillis::new(START_MS - back)) >= lock(at(0)));
    }

    #[test]
    fn a_record_past_its_expiry_says_no_more_than_none(subject in any_subject(), failures in 1..50_u32, later in 0..DAY) {
        let lockout = Lockout::default();
        let record = failed(subject, failures, at(0));
        let now = lockout.forget_at(subject, record.unwrap()).after(Millis::new(later));
        prop_assert_eq!(lockout.after_failure(subject, record, now), lockout.after_failure(subject, None, now));
        let strictest = failed(Subject::Identifier, 40, now);
        match subject {
            Subject::Identifier => prop_assert_eq!(lockout.decide(record, unclean(now), now), Decision::Allowed),
            Subject::Address => prop_assert_eq!(lockout.decide(strictest, record, now), Decision::Allowed),
        }
    }

    #[test]
    fn every_number_gets_an_answer(
        lockout in (any_policy(), any_policy()).prop_map(|(identifier, address)| Lockout { identifier, address }),
        subject in any_subject(),
        record in any_record(),
        other in any_record(),
        now in prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), Just(UnixMillis::LATEST.get())],
    ) {
        let now = UnixMillis::new(now);
        let next = lockout.after_failure(subject, record, now);
        prop_assert_eq!(next.last_failure, now.min(UnixMillis::LATEST));
        prop_assert!(lockout.forget_at(subject, next) >= next.locked_until);
        if subject == Subject::Address && next.locked_until > now {
            prop_assert_ne!(lockout.decide(other, Some(next), now), Decision::Allowed);
        }
    }

    #[test]
    fn the_default_policies_give_numbers_that_can_be_stored(subject in any_subject(), record in any_record(), now: u64) {
        let lockout = Lockout::default();
        let next = lockout.after_failure(subject, record, UnixMillis::new(now));
        for time in [next.forgiven_at, next.last_failure, next.locked_until, lockout.forget_at(subject, next)] {
            prop_assert!(time.get() < 1 << 53);
        }
    }
}

#[test]
fn an_address_is_remembered_for_as_long_as_it_is_unclean() {
    let record = unclean(at(0)).unwrap();
    assert_eq!(Lockout::default().forget_at(Subject::Address, record), at(0).after(CLEAN_AFTER));
}
