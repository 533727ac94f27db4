//! Quotas and allowances never grant more than their bound, in any sequence of arrivals.
//!
//! A quota is searched by its states. A state is how far its TAT lies ahead, together with the *load*: the fullest span of
//! time that ends now, as what was granted in it less what was earned in it. The bound says that the load is a burst at
//! most. There are finitely many states, so the search covers sequences of every length.

#![allow(clippy::print_stdout)] // The number of states says how much was tried.

use std::collections::HashSet;

use magic_sessionmanager_core::address::Width;
use magic_sessionmanager_core::rate::gcra::{Tat, decide};
use magic_sessionmanager_core::rate::login::account::{self, Decision, Origin, Outcome, Record};
use magic_sessionmanager_core::rate::login::allowance::{self, Allowance};
use magic_sessionmanager_core::rate::login::limits::Limits;
use magic_sessionmanager_core::rate::login::subject::{Count, State, Subject, count};
use magic_sessionmanager_core::rate::quota::Quota;
use magic_sessionmanager_core::time::{Millis, UnixMillis};

use crate::model::search::{Attempt, Model, explore};

/// The instant of each decision. The state of a quota is moved so that it always is this one.
const NOW_MS: u64 = 1_700_000_000_000;

fn small_quotas() -> impl Iterator<Item = Quota> {
    (1..=4).flat_map(|limit| {
        (1..=8).flat_map(move |window| {
            (1..=4).map(move |burst| Quota::new(limit, Millis::new(window), burst).unwrap())
        })
    })
}

/// Gives each quota of the small ones, and each share of them, once.
fn small_quotas_and_shares() -> Vec<Quota> {
    let mut known = HashSet::new();
    let shares = small_quotas().flat_map(|quota| (1..=4).map(move |shares| quota.share(shares)));
    shares.filter(|quota| known.insert((quota.limit(), quota.window(), quota.burst()))).collect()
}

/// Gives what a burst is, and what an occurrence is, in ticks.
fn ticks(quota: Quota) -> (i64, i64) {
    let interval = quota.window().get().cast_signed();
    (interval * quota.burst().cast_signed(), interval)
}

/// The kinds of arrivals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clocks {
    /// One clock that runs forward.
    Forward,
    /// One clock that also steps back, by any time up to this one. Only its steps forward count as time.
    StepsBack(u64),
    /// Two clocks, of which one is behind by this time. The true time counts.
    Differ(u64),
}

/// One quota under all arrivals of a kind.
#[derive(Clone, Copy, Debug)]
struct Grants {
    quota: Quota,
    /// The quota whose bound is checked. It has the same window.
    promised: Quota,
    clocks: Clocks,
    /// The time by which the bound is exceeded: what is earned in it may be allowed as well, in milliseconds.
    slack_ms: u64,
}

/// A TAT as milliseconds after [`NOW_MS`] and ticks, with the load in ticks, and whether a lock was told.
type Loaded = (Option<(i64, u64)>, i64, bool);

#[derive(Clone, Copy, Debug)]
struct Arrival {
    /// How far the clock has moved since the last arrival.
    moved_ms: i64,
    is_behind: bool,
}

impl Model for Grants {
    type State = Loaded;
    type Step = Arrival;

    fn start(&self) -> Loaded {
        (None, 0, false)
    }

    fn steps(&self, state: &Loaded) -> Vec<Attempt<Self>> {
        let (burst, _) = ticks(self.quota);
        // A burst is earned by then, and nothing more.
        let longest = burst / self.quota.limit().cast_signed() + 2;
        let back = match self.clocks {
            Clocks::StepsBack(back) => back.cast_signed(),
            Clocks::Forward | Clocks::Differ(_) => 0,
        };
        let behind = if matches!(self.clocks, Clocks::Differ(_)) { &[false, true][..] } else { &[false] };
        let arrivals = (-back..=longest).flat_map(|moved_ms| {
            behind.iter().map(move |is_behind| Arrival { moved_ms, is_behind: *is_behind })
        });
        arrivals.map(|arrival| (arrival, self.arrive(*state, arrival))).collect()
    }
}

impl Grants {
    const fn new(quota: Quota, clocks: Clocks) -> Self {
        Self { quota, promised: quota, clocks, slack_ms: 0 }
    }

    fn arrive(self, (tat, load, locked): Loaded, arrival: Arrival) -> Result<Loaded, String> {
        let (burst, interval) = ticks(self.promised);
        let limit = self.promised.limit().cast_signed();
        let behind = match self.clocks {
            Clocks::Differ(behind) if arrival.is_behind => behind,
            _ => 0,
        };
        let now = UnixMillis::new(NOW_MS - behind);
        let tat = tat.map(|(ahead, ticks)| Tat { at: moved(ahead - arrival.moved_ms), ticks });
        let stored = tat.map(|tat| Allowance { tat, locked });
        let decision = decide(self.quota, tat, now);
        let taken = allowance::take(self.quota, stored, now);
        assert_eq!((taken.allowed, taken.allowance.tat), (decision.allowed, decision.tat));
        let mut load = (load - arrival.moved_ms.max(0) * limit).max(0);
        if decision.allowed {
            load += interval;
        }
        let most = burst + self.slack_ms.cast_signed() * limit;
        if load > most {
            return Err(format!("granted {load} ticks, {most} are the most"));
        }
        let ahead = decision.tat.at.get().cast_signed() - NOW_MS.cast_signed();
        // A TAT that has passed has no effect, also not for a clock that is behind. It has some after several steps back,
        // where the quota grants less than the search believes.
        let has_passed = ahead < -behind_at_most(self.clocks);
        let tat = (!has_passed).then_some((ahead, decision.tat.ticks));
        Ok((tat, load, taken.allowance.locked))
    }
}

fn behind_at_most(clocks: Clocks) -> i64 {
    match clocks {
        Clocks::Differ(behind) | Clocks::StepsBack(behind) => behind.cast_signed(),
        Clocks::Forward => 0,
    }
}

fn moved(ahead_ms: i64) -> UnixMillis {
    UnixMillis::new(NOW_MS.checked_add_signed(ahead_ms).unwrap())
}

/// Searches through all of these; returns the number of states.
fn search(grants: impl IntoIterator<Item = Grants>) -> usize {
    let mut states = 0;
    for grants in grants {
        let found = explore(&grants);
        assert_eq!(found.violation, None, "{grants:?}");
        states += found.states;
    }
    states
}

#[test]
fn a_quota_never_grants_more_than_its_bound() {
    let quotas = small_quotas_and_shares();
    let number = quotas.len();
    let states = search(quotas.into_iter().map(|quota| Grants::new(quota, Clocks::Forward)));
    println!("{number} quotas and shares: {states} states");
    assert!(number > 150 && states > 2000, "only {number} quotas and {states} states");
}

#[test]
fn a_clock_that_steps_back_earns_nothing() {
    let grants = small_quotas().flat_map(|quota| {
        // Also further than the step after which the TAT is replaced.
        let furthest = 2 * quota.window().get() + quota.window().get() * quota.burst() / quota.limit() + 2;
        [1, quota.window().get(), furthest].map(|back| Grants::new(quota, Clocks::StepsBack(back)))
    });
    let states = search(grants);
    println!("steps back: {states} states");
    assert!(states > 10_000, "only {states} states");
}

/// Clocks that differ by less than a window grant no more than the bound of a span that is longer by their difference.
#[test]
fn clocks_that_differ_by_less_than_a_window_share_a_quota() {
    let grants = small_quotas().flat_map(|quota| {
        (0..quota.window().get())
            .map(move |behind| Grants { slack_ms: behind, ..Grants::new(quota, Clocks::Differ(behind)) })
    });
    let states = search(grants);
    println!("clocks that differ: {states} states");
    assert!(states > 10_000, "only {states} states");
}

/// The search finds each quota that grants more than another one, and clocks that grant more than one.
#[test]
fn a_larger_quota_is_found_out() {
    let finds = |grants: Grants| assert!(explore(&grants).violation.is_some(), "{grants:?}");
    for quota in small_quotas() {
        let (limit, window, burst) = (quota.limit(), quota.window(), quota.burst());
        let grants = Grants::new(quota, Clocks::Forward);
        if burst > 1 {
            finds(Grants { promised: Quota::new(limit, window, burst - 1).unwrap(), ..grants });
        }
        // Where an interval is shorter than a millisecond, or nothing is saved up, two limits may grant the same.
        if burst > 1 && (2..=window.get()).contains(&limit) {
            finds(Grants { promised: Quota::new(limit - 1, window, burst).unwrap(), ..grants });
        }
    }
    let quota = Quota::new(4, Millis::new(8), 1).unwrap();
    finds(Grants::new(quota, Clocks::Differ(7)));
    finds(Grants { slack_ms: 7, ..Grants::new(quota, Clocks::Differ(60)) });
}

/// Instances that cannot count together, each with its share.
struct Shared {
    quota: Quota,
    instances: u64,
}

impl Model for Shared {
    type State = ([Option<(i64, u64)>; 3], i64);
    type Step = (i64, usize);

    fn start(&self) -> Self::State {
        ([None; 3], 0)
    }

    fn steps(&self, (tats, load): &Self::State) -> Vec<Attempt<Self>> {
        let share = self.quota.share(self.instances);
        let (burst, interval) = ticks(self.quota);
        let limit = self.quota.limit().cast_signed();
        let step = |gap: i64, instance: usize| {
            let now = UnixMillis::new(NOW_MS);
            let mut tats = tats.map(|tat| tat.map(|(ahead, ticks)| (ahead - gap, ticks)));
            let stored = tats[instance].map(|(ahead, ticks)| Tat { at: moved(ahead), ticks });
            let decision = decide(share, stored, now);
            tats[instance] =
                Some((decision.tat.at.get().cast_signed() - NOW_MS.cast_signed(), decision.tat.ticks));
            let tats = tats.map(|tat| tat.filter(|(ahead, _)| *ahead >= 0));
            let load = (load - gap * limit).max(0) + if decision.allowed { interval } else { 0 };
            if load > burst {
                Err(format!("granted {load} ticks, {burst} are the most"))
            } else {
                Ok((tats, load))
            }
        };
        let gaps = 0..=burst / limit + 2;
        let instances = usize::try_from(self.instances).unwrap();
        let arrivals = gaps.flat_map(|gap| (0..instances).map(move |instance| (gap, instance)));
        arrivals.map(|(gap, instance)| ((gap, instance), step(gap, instance))).collect()
    }
}

#[test]
fn shares_together_grant_no_more_than_the_quota() {
    let mut states = 0;
    for (limit, window) in (1..=3).flat_map(|limit| (1..=4).map(move |window| (limit, window))) {
        for (instances, burst) in [(2, 2), (2, 3), (2, 4), (3, 3), (3, 4)] {
            let quota = Quota::new(limit, Millis::new(window), burst).unwrap();
            let found = explore(&Shared { quota, instances });
            assert_eq!(found.violation, None, "{quota:?} of {instances} instances");
            states += found.states;
        }
    }
    println!("shares: {states} states");
    assert!(states > 10_000, "only {states} states");
    // More instances than occurrences at once: each has one, as documented.
    let quota = Quota::new(1, Millis::new(4), 2).unwrap();
    assert!(explore(&Shared { quota, instances: 3 }).violation.is_some());
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// One account, name or network that is guessed at. It grants an attempt at an instant, or does not.
trait Guessed: Clone {
    fn guess(&mut self, now: UnixMillis) -> bool;
}

#[derive(Clone)]
struct GuessedAccount {
    limits: Limits,
    record: Option<Record>,
}

impl Guessed for GuessedAccount {
    fn guess(&mut self, now: UnixMillis) -> bool {
        match account::decide(&self.limits, self.record.as_ref(), Origin::Unknown, false, now) {
            Decision::Refused { store, .. } => {
                self.record = store.or_else(|| self.record.take());
                false
            }
            Decision::Granted { store } => {
                assert!(store.is_some(), "an attempt from an unknown place is stored before it is made");
                self.record = store;
                let failed = account::settle(
                    &self.limits,
                    self.record.as_ref(),
                    Origin::Unknown,
                    true,
                    Outcome::Failed,
                    now,
                );
                assert_eq!(failed, None);
                true
            }
        }
    }
}

#[derive(Clone)]
struct GuessedSubject {
    limits: Limits,
    state: State,
}

impl Guessed for GuessedSubject {
    fn guess(&mut self, now: UnixMillis) -> bool {
        let decision = count(&self.limits, &[self.state], Count::Take, 1, now);
        self.state.allowance = decision.allowances[0];
        decision.allowed
    }
}

/// Follows every sequence of gaps. At each arrival, guesses once, or as often as it is granted. Returns the number of
/// sequences.
fn follow<G: Guessed>(
    guessed: &G,
    granted: &mut Vec<u64>,
    most: usize,
    now: u64,
    gaps: &[u64],
    arrivals_left: u32,
) -> u64 {
    if arrivals_left == 0 {
        return 1;
    }
    let (mut sequences, before) = (0, granted.len());
    for gap in gaps {
        let now = now + gap;
        for is_greedy in [false, true] {
            let mut next = guessed.clone();
            while next.guess(UnixMillis::new(now)) {
                granted.push(now);
                let of_a_day = granted.iter().rev().take_while(|at| now - **at <= DAY_MS).count();
                assert!(of_a_day <= most, "{of_a_day} guesses within a day, of {most}: {granted:?}");
                if !is_greedy {
                    break;
                }
            }
            sequences += follow(&next, granted, most, now, gaps, arrivals_left - 1);
            granted.truncate(before);
        }
    }
    sequences
}

/// Gives gaps around the time in which one attempt is earned, and around a day.
fn gaps(quota: Quota) -> Vec<u64> {
    let interval = quota.window().get() / quota.limit();
    vec![
        0,
        interval - 1,
        interval,
        interval + 1,
        interval * 2,
        DAY_MS / 2,
        DAY_MS - interval,
        DAY_MS - 1,
        DAY_MS,
    ]
}

#[test]
fn one_unknown_place_guesses_no_more_passwords_of_an_account_in_any_day_than_the_limit() {
    let (mut sequences, mut fullest) = (0, 0);
    for per_account in [10, 11, 19, 20, 29] {
        for max_consecutive in [40, 1000] {
            let limits = Limits { per_account, per_address: 10, max_consecutive };
            let most = usize::try_from(per_account).unwrap();
            let account = GuessedAccount { limits, record: None };
            let gaps = gaps(limits.unknown_places());
            sequences += follow(&account, &mut Vec::new(), most, NOW_MS, &gaps, 4);
            // A guess whenever one is earned: the limit is reached, and failures in a row stop at half of theirs.
            let (mut account, mut granted) = (account, 0);
            for quarter in 0..4 * 24 * 15 {
                granted += usize::from(account.guess(UnixMillis::new(NOW_MS + quarter * DAY_MS / 360 / 4)));
            }
            fullest = fullest.max(granted);
            let in_a_row = usize::try_from(limits.consecutive_from_unknown_places()).unwrap();
            assert!(granted <= most.min(in_a_row), "{granted} of {most} and {in_a_row}");
            assert!(granted + 1 >= most.min(in_a_row), "only {granted} of {most} and {in_a_row}");
        }
    }
    println!("accounts: {sequences} sequences, {fullest} guesses in the fullest day");
    assert!(sequences > 500_000, "only {sequences} sequences");
}

#[test]
fn a_name_or_a_network_fails_no_more_often_in_any_day_than_its_limit() {
    let mut sequences = 0;
    for most in [10, 13, 20] {
        let limits = Limits { per_account: most, per_address: most, max_consecutive: 1000 };
        for (subject, times) in [
            (Subject::Name, 1),
            (Subject::Network(Width::Client), 1),
            (Subject::Network(Width::Household), 4),
            (Subject::Network(Width::Site), 16),
        ] {
            let most = most * times;
            let guessed = GuessedSubject { limits, state: State { subject, allowance: None } };
            let gaps = gaps(limits.network(times));
            let most = usize::try_from(most).unwrap();
            sequences += follow(&guessed, &mut Vec::new(), most, NOW_MS, &gaps, 4);
        }
    }
    println!("names and networks: {sequences} sequences");
    assert!(sequences > 500_000, "only {sequences} sequences");
}
