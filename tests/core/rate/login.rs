//! A day of attack: strangers guess no more than the limit, and never keep the owner out of a known place.

use magic_sessionmanager_core::preview::attack::{Owner, Report, owner_wait, simulate};
use magic_sessionmanager_core::rate::login::account::{
    Decision, MAX_ORIGINS, Origin, Outcome, Record, decide, locked_until, settle,
};
use magic_sessionmanager_core::rate::login::allowance::Allowance;
use magic_sessionmanager_core::rate::login::limits::Limits;
use magic_sessionmanager_core::rate::login::subject::{Count, State, Subject, count};
use magic_sessionmanager_core::rate::login::text::{read_record, write_record};
use magic_sessionmanager_core::settings::Settings;
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

const START_MS: u64 = 1_700_000_000_000;
const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;
const HOME: Origin<'static> = Origin::Known("known:home");

fn at(after_start_ms: u64) -> UnixMillis {
    UnixMillis::new(START_MS + after_start_ms)
}

fn limits() -> Limits {
    Settings::default().login_limits()
}

/// An account as the shell keeps it.
#[derive(Default)]
struct Account {
    record: Option<Record>,
}

impl Account {
    /// Makes an attempt; returns the wait of a refused one.
    fn attempt(&mut self, origin: Origin<'_>, outcome: Outcome, now: UnixMillis) -> Result<(), u64> {
        match decide(&limits(), self.record.as_ref(), origin, false, now) {
            Decision::Refused { retry_after, store, .. } => {
                self.record = store.or_else(|| self.record.take());
                Err(retry_after.get())
            }
            Decision::Granted { store } => {
                let reserved = store.is_some();
                self.record = store.or_else(|| self.record.take());
                let next = settle(&limits(), self.record.as_ref(), origin, reserved, outcome, now);
                self.record = next.or_else(|| self.record.take());
                Ok(())
            }
        }
    }

    /// Gives the user another password.
    fn renew(&mut self, now: UnixMillis) {
        let next = settle(&limits(), self.record.as_ref(), Origin::Unknown, false, Outcome::Renewed, now);
        self.record = next.or_else(|| self.record.take());
    }

    /// Fails as often as it is allowed to at one instant.
    fn fail_all(&mut self, origin: Origin<'_>, now: UnixMillis) -> u32 {
        let mut failures = 0;
        while self.attempt(origin, Outcome::Failed, now).is_ok() {
            failures += 1;
        }
        failures
    }
}

#[test]
fn unknown_places_together_try_no_more_than_the_limit_in_any_day() {
    let mut account = Account::default();
    let mut granted = Vec::new();
    for minute in 0..4 * 24 * 60 {
        let now = at(minute * MINUTE);
        while account.attempt(Origin::Unknown, Outcome::Failed, now).is_ok() {
            granted.push(minute * MINUTE);
        }
        // The owner clears the failures in a row, never the allowance of strangers.
        account.attempt(HOME, Outcome::Succeeded, now).unwrap();
    }
    let most =
        granted.iter().map(|from| granted.iter().filter(|at| (*from..from + DAY).contains(at)).count());
    assert!((95..=100).contains(&most.max().unwrap()));
}

#[test]
fn an_owner_at_a_known_place_waits_for_own_failures_alone() {
    let mut account = Account::default();
    for hour in 0..48 {
        let now = at(hour * 60 * MINUTE);
        account.fail_all(Origin::Unknown, now);
        account.attempt(HOME, Outcome::Failed, now).unwrap();
        account.attempt(HOME, Outcome::Succeeded, now).unwrap();
    }
    assert_eq!(account.fail_all(HOME, at(3 * DAY)), 10);
    assert_eq!(account.attempt(HOME, Outcome::Succeeded, at(3 * DAY)), Err(MINUTE));
    account.attempt(Origin::Known("known:office"), Outcome::Succeeded, at(3 * DAY)).unwrap();
}

#[test]
fn failures_in_a_row_stop_at_the_limit_and_strangers_use_up_half_of_them() {
    let mut account = Account::default();
    let (mut strangers, mut thief, mut owner) = (0, 0, 0);
    for minute in 0..10 * 24 * 60 {
        let now = at(minute * MINUTE);
        strangers += account.fail_all(Origin::Unknown, now);
        thief += account.fail_all(Origin::Session("session:stolen"), now);
        if minute >= 7 * 24 * 60 {
            owner += account.fail_all(HOME, now);
        }
    }
    // 40 are kept for known places, two for each.
    assert_eq!((strangers + thief, owner), (60, 2));
    assert_eq!(account.attempt(HOME, Outcome::Succeeded, at(20 * DAY)), Err(DAY));
    account.attempt(Origin::Known("known:office"), Outcome::Undecided, at(20 * DAY)).unwrap();
    assert_eq!(
        locked_until(&limits(), account.record.as_ref().unwrap(), at(20 * DAY)),
        Some(UnixMillis::LATEST)
    );
    account.renew(at(20 * DAY));
    account.attempt(Origin::Unknown, Outcome::Succeeded, at(20 * DAY)).unwrap();
}

#[test]
fn strangers_alone_use_up_half_of_the_failures_in_a_row() {
    let mut account = Account::default();
    let strangers: u32 =
        (0..10 * 24 * 60).map(|minute| account.fail_all(Origin::Unknown, at(minute * MINUTE))).sum();
    assert_eq!(strangers, 50);
    let owner: u32 = (0..60).map(|minute| account.fail_all(HOME, at(11 * DAY + minute * MINUTE))).sum();
    assert_eq!(owner, 10, "what is left in common, in which the own two are");
}

#[test]
fn failures_at_one_known_place_do_not_use_up_those_of_another() {
    let mut account = Account::default();
    for minute in 0..24 * 60 {
        account.fail_all(Origin::Known("known:hotel"), at(minute * MINUTE));
        account.fail_all(Origin::Unknown, at(minute * MINUTE));
    }
    account.attempt(HOME, Outcome::Failed, at(2 * DAY)).unwrap();
    account.attempt(HOME, Outcome::Succeeded, at(2 * DAY)).unwrap();
}

#[test]
fn a_right_password_costs_nothing() {
    let mut account = Account::default();
    for _ in 0..1000 {
        account.attempt(HOME, Outcome::Succeeded, at(0)).unwrap();
        account.attempt(HOME, Outcome::Undecided, at(0)).unwrap();
        account.attempt(Origin::Unknown, Outcome::Undecided, at(0)).unwrap();
        account.attempt(Origin::Unknown, Outcome::Succeeded, at(0)).unwrap();
    }
    assert_eq!(account.fail_all(Origin::Unknown, at(0)), 10);
}

#[test]
fn attempts_at_the_same_time_are_no_more_than_one_after_another() {
    for origin in [Origin::Unknown, HOME, Origin::Session("session:one")] {
        let (mut record, mut under_way) = (None, 0);
        while let Decision::Granted { store } =
            decide(&limits(), record.as_ref(), origin, under_way > 0, at(0))
        {
            record = store.or(record);
            under_way += 1;
        }
        // The first one from a known place is counted when it fails.
        assert_eq!(under_way, if origin == HOME { 11 } else { 10 });
    }
}

#[test]
fn a_lock_is_told_once() {
    let mut record = None;
    let mut locks = 0;
    for minute in 0..3 * 24 * 60 {
        match decide(&limits(), record.as_ref(), Origin::Unknown, false, at(minute * MINUTE)) {
            Decision::Granted { store } => record = store.or(record),
            Decision::Refused { store, locks: begins, .. } => {
                record = store.or(record);
                locks += u32::from(begins);
            }
        }
    }
    // One for the allowance, and one for the failures in a row.
    assert!(locks <= 2, "{locks} locks");
}

#[test]
fn a_record_holds_a_bounded_number_of_places() {
    let mut account = Account::default();
    let names: Vec<_> = (0..100).map(|number| format!("session:{number}")).collect();
    for name in &names {
        account.attempt(HOME, Outcome::Succeeded, at(0)).unwrap();
        let _ = account.attempt(Origin::Session(name), Outcome::Failed, at(0));
    }
    assert_eq!(account.record.as_ref().unwrap().origins.len(), MAX_ORIGINS / 2);
    account.attempt(HOME, Outcome::Failed, at(0)).unwrap();
}

#[test]
fn a_network_and_its_surroundings_are_held() {
    let subject = |name| Subject::parse(name).unwrap();
    let names = ["client", "household", "site"];
    let mut stored = [None; 3];
    let mut clients = 0;
    let mut granted = 0;
    // A guesser takes another /64 of the same /48 for each try.
    loop {
        stored[0] = None;
        stored[1] = if clients % 256 == 0 { None } else { stored[1] };
        let states =
            [0, 1, 2].map(|place| State { subject: subject(names[place]), allowance: stored[place] });
        let decision = count(&limits(), &states, Count::Take, 1, at(0));
        if !decision.allowed {
            break;
        }
        stored = decision.allowances.try_into().unwrap();
        granted += 1;
        clients += 1;
    }
    assert_eq!(granted, 120, "the burst of a household");
}

#[test]
fn instances_that_count_apart_never_lock_out_an_address_without_failures() {
    for shares in [1, 2, 7, 32, 40, 1000, 525_601, u64::MAX] {
        let (mut stored, mut granted) = (None, 0);
        while let Some(allowance) = take(stored, shares) {
            stored = Some(allowance);
            granted += 1;
        }
        assert_eq!(granted, (30 / shares.min(30)).max(1));
    }
}

fn take(allowance: Option<Allowance>, shares: u64) -> Option<Allowance> {
    let state = State { subject: Subject::parse("client")?, allowance };
    let decision = count(&limits(), &[state], Count::Take, shares, at(0));
    decision.allowances[0].filter(|_| decision.allowed)
}

/// Returns the words of a page with one blank between them, because its tables are aligned.
fn page() -> String {
    include_str!("../../../docs/login-protection.md").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prints the table that stands in docs/login-protection.md, and compares it with the page.
#[test]
#[expect(clippy::print_stdout, reason = "the rows are for the page")]
fn a_day_of_attack() {
    let page = page();
    for (networks, guessers) in [(1, "1"), (100, "100"), (30_000, "30,000")] {
        for (owner, does) in [
            (Owner::Away, "does not log in"),
            (Owner::Known, "logs in every hour at a known place"),
            (Owner::Unknown, "tries every hour at an unknown place"),
        ] {
            let Report { guesses, logins, refused } = simulate(&limits(), networks, owner);
            assert!(guesses <= 100, "{guesses} guesses");
            assert!(owner != Owner::Known || refused == 0, "{refused} refused");
            let row = format!("| {guessers} | {does} | {guesses} | {refused} of {logins} |");
            println!("{row}");
            assert!(page.contains(&row), "docs/login-protection.md lacks {row}");
        }
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the rows are for the page")]
fn an_owner_waits_as_long_as_the_page_says() {
    let page = page();
    for typos in [1, 5, 10] {
        let [known, unknown] = [true, false].map(|is_known| minutes(owner_wait(&limits(), typos, is_known)));
        let row = format!("| {typos} | {known} | {unknown} |");
        println!("{row}");
        assert!(page.contains(&row), "docs/login-protection.md lacks {row}");
    }
}

fn minutes(span: Millis) -> String {
    match span.get() / MINUTE {
        0 => "none".to_owned(),
        1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

fn any_origin() -> impl Strategy<Value = Origin<'static>> {
    prop_oneof![
        Just(Origin::Unknown),
        prop_oneof![Just("known:home"), Just("known:office")].prop_map(Origin::Known),
        prop_oneof![Just("session:one"), Just("session:two")].prop_map(Origin::Session),
    ]
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![Just(Outcome::Succeeded), Just(Outcome::Failed), Just(Outcome::Undecided)]
}

proptest! {
    /// Whatever happens, and however the clock jumps, no more wrong passwords in a row than the limit are compared.
    #[test]
    fn no_history_exceeds_the_failures_in_a_row(
        steps in proptest::collection::vec((any_origin(), any_outcome(), 0..3 * DAY, any::<bool>()), 0..300),
    ) {
        let mut account = Account::default();
        let (mut in_a_row, mut from_strangers, mut now) = (0_u32, 0_u32, 10 * DAY);
        for (origin, outcome, jump, back) in steps {
            now = if back { now.saturating_sub(jump) } else { now + jump };
            if account.attempt(origin, outcome, at(now)).is_err() {
                continue;
            }
            match outcome {
                Outcome::Succeeded => (in_a_row, from_strangers) = (0, 0),
                Outcome::Failed => {
                    in_a_row += 1;
                    from_strangers += u32::from(origin == Origin::Unknown);
                }
                Outcome::Undecided | Outcome::Renewed => {}
            }
            prop_assert!(in_a_row <= 100 && from_strangers <= 50);
            let record = account.record.clone().unwrap_or_default();
            prop_assert_eq!(read_record(&write_record(&record)), Some(record));
        }
    }

    /// No input panics, and no clock locks anybody out for longer than two days, but for the failures in a row.
    #[test]
    fn no_time_locks_for_long(times in proptest::collection::vec(any::<u64>(), 0..50), now in 0..u64::MAX) {
        let mut account = Account::default();
        for time in times {
            let _ = account.attempt(Origin::Unknown, Outcome::Failed, UnixMillis::new(time));
        }
        account.renew(UnixMillis::new(now));
        if let Err(wait) = account.attempt(Origin::Unknown, Outcome::Failed, UnixMillis::new(now)) {
            prop_assert!(wait <= 2 * DAY, "{wait}");
        }
    }

    #[test]
    fn the_promise_holds_for_any_limits(
        per_account in 10..=1000_u32, per_address in 10..=100_000_u32, max_consecutive in 40..=1000_u32,
        networks in 1..200_u32,
    ) {
        let limits = Limits { per_account, per_address, max_consecutive };
        let report = simulate(&limits, networks, Owner::Known);
        prop_assert!(report.guesses <= per_account);
        prop_assert_eq!(report.refused, 0);
    }
}

#[test]
fn spans_are_milliseconds() {
    assert_eq!(owner_wait(&limits(), 10, true), Millis::new(MINUTE));
    assert_eq!(owner_wait(&limits(), 10, false), Millis::new(DAY / 90));
}
