//! No number makes a function of the core fail, or breaks a promise of its documentation.
//!
//! Each function is called with the full cross product of the boundary values. The tests check overflow, so a sum that
//! wraps ends them.

#![allow(clippy::print_stdout)] // The number of cases says how much was tried.

use magic_sessionmanager_core::address::Width;
use magic_sessionmanager_core::engine::Engine;
use magic_sessionmanager_core::number::{MAX_SAFE, to_f64, whole};
use magic_sessionmanager_core::preview::impact::{Impact, Stored};
use magic_sessionmanager_core::rate::gcra::{self, Tat};
use magic_sessionmanager_core::rate::login::account::{self, Consecutive, Failures, Origin, Outcome, Record};
use magic_sessionmanager_core::rate::login::allowance::{self, Allowance};
use magic_sessionmanager_core::rate::login::limits::Limits;
use magic_sessionmanager_core::rate::login::subject::{Count, State, Subject, count};
use magic_sessionmanager_core::rate::login::text::{
    read_allowance, read_record, write_allowance, write_record,
};
use magic_sessionmanager_core::rate::quota::{MAX_BURST, MAX_LIMIT, MAX_WINDOW, Quota};
use magic_sessionmanager_core::session::event::Event;
use magic_sessionmanager_core::session::limit::{Limit, LimitDecision, LiveSession, OnLimit};
use magic_sessionmanager_core::session::machine::{Facts, Verdict, evaluate, transition};
use magic_sessionmanager_core::session::not_before::NotBefore;
use magic_sessionmanager_core::session::policy::{OnInactive, Policy};
use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::revocation::{Adoption, Revocation, RevokedBy, revokes};
use magic_sessionmanager_core::session::rotation::{
    ChildUse, OnRefreshReuse, RefreshDecision, ReusePolicy, Rotated,
};
use magic_sessionmanager_core::session::state::{DetailedState, Session, SessionState};
use magic_sessionmanager_core::session::sweep::{SweptBy, plan};
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Retention, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};

const LATEST: u64 = UnixMillis::LATEST.get();

/// The values at and beside each bound of a number.
const ALL: [u64; 20] = [
    0,
    1,
    2,
    (1 << 31) - 1,
    1 << 31,
    (1 << 31) + 1,
    (1 << 32) - 1,
    1 << 32,
    (1 << 32) + 1,
    LATEST - 1,
    LATEST,
    LATEST + 1,
    MAX_SAFE,
    MAX_SAFE + 1,
    MAX_SAFE + 2,
    (1 << 63) - 1,
    1 << 63,
    (1 << 63) + 1,
    u64::MAX - 1,
    u64::MAX,
];

/// Fewer of them, for functions of many numbers.
const FEW: [u64; 8] = [0, 1, (1 << 32) + 1, LATEST - 1, LATEST, MAX_SAFE, 1 << 63, u64::MAX];

const SMALL: [u32; 18] = [
    0,
    1,
    2,
    9,
    10,
    11,
    19,
    20,
    39,
    40,
    41,
    1000,
    (1 << 16) + 1,
    (1 << 31) - 1,
    1 << 31,
    (1 << 31) + 1,
    u32::MAX - 1,
    u32::MAX,
];

/// Calls a function with every choice of `N` values.
fn each<T: Copy, const N: usize>(values: &[T], mut call: impl FnMut([T; N])) {
    let mut places = [0; N];
    loop {
        call(places.map(|place| values[place]));
        let Some(last) = places.iter().rposition(|place| place + 1 < values.len()) else { return };
        places[last] += 1;
        places[last + 1..].fill(0);
    }
}

fn at(millis: u64) -> UnixMillis {
    UnixMillis::new(millis)
}

/// Prints the number of cases, and checks that they were not left out.
fn tell(what: &str, cases: u64, at_least: u64) {
    println!("{what}: {cases} cases");
    assert!(cases >= at_least, "only {cases} cases of {what}");
}

fn policy(inactivity: u64, lag: u64, absolute: u64, retention: Option<u64>) -> Policy {
    let mut policy = Settings::default().policy();
    policy.inactivity_timeout = Millis::new(inactivity);
    policy.last_seen_lag = Millis::new(lag);
    policy.absolute_timeout = Millis::new(absolute);
    policy.retention = retention.map(Millis::new);
    policy.journal_retention = policy.retention;
    policy
}

#[test]
fn instants_and_spans() {
    let mut cases = 0;
    each(&ALL, |[one, other]| {
        let (instant, span) = (at(one), Millis::new(other));
        assert_eq!(instant.since(at(other)).get(), one.saturating_sub(other));
        assert_eq!(
            u128::from(instant.after(span).get()),
            (u128::from(one) + u128::from(other)).min(u64::MAX.into())
        );
        assert_eq!(instant.before(span).map(UnixMillis::get), one.checked_sub(other));
        assert_eq!(Millis::new(one).plus(span), span.plus(Millis::new(one)));
        assert!(instant.after(span) >= instant && Millis::new(one).plus(span) >= span);
        cases += 1;
    });
    for value in ALL.into_iter().chain(SMALL.map(u64::from)) {
        let signed = i64::try_from(value).unwrap_or(i64::MAX);
        for number in [signed, -signed, i64::MIN] {
            let converted = to_f64(number);
            let is_safe = number.unsigned_abs() <= MAX_SAFE;
            assert_eq!(whole(converted), is_safe.then_some(number));
            let read = UnixMillis::from_number(converted, "x").ok();
            assert_eq!(read.map(UnixMillis::get), u64::try_from(number).ok().filter(|_| is_safe));
            for broken in [converted + 0.5, f64::from_bits(value), -f64::from_bits(value)] {
                let expected = (broken.fract() == 0.0
                    && broken.abs() <= to_f64(i64::try_from(MAX_SAFE).unwrap()))
                .then_some(broken);
                assert_eq!(whole(broken).map(to_f64), expected);
                cases += 1;
            }
        }
    }
    for days in SMALL {
        assert_eq!(Millis::from_days(days).get(), u64::from(days) * 86_400_000);
    }
    tell("instants and spans", cases, 700);
}

/// Gives every quota of the smallest and the largest values.
fn quotas() -> Vec<Quota> {
    let mut quotas = Vec::new();
    for limit in [1, 2, MAX_LIMIT - 1, MAX_LIMIT] {
        for window in [1, 2, MAX_WINDOW.get() - 1, MAX_WINDOW.get()] {
            for burst in [1, 2, MAX_BURST - 1, MAX_BURST] {
                quotas.push(Quota::new(limit, Millis::new(window), burst).unwrap());
            }
        }
    }
    quotas
}

#[test]
fn quotas_and_shares() {
    let mut cases = 0;
    each(&ALL, |[limit, window, burst]| {
        let is_within = (1..=MAX_LIMIT).contains(&limit)
            && (1..=MAX_WINDOW.get()).contains(&window)
            && (1..=MAX_BURST).contains(&burst);
        let quota = Quota::new(limit, Millis::new(window), burst);
        assert_eq!(quota.is_ok(), is_within, "{limit}, {window}, {burst}");
        cases += 1;
    });
    for quota in quotas() {
        for shares in ALL {
            let share = quota.share(shares);
            let counted = shares.clamp(1, quota.burst());
            assert_eq!((share.limit(), share.burst()), (quota.limit(), quota.burst() / counted));
            assert!(share.window() >= quota.window() && share.window() <= MAX_WINDOW && share.burst() >= 1);
            cases += 1;
        }
    }
    tell("quotas and shares", cases, 9000);
}

#[test]
fn decisions_of_quotas_and_allowances() {
    let mut cases = 0;
    let quotas = quotas();
    each(&ALL, |[tat, ticks, now]| {
        let (tat, now) = (Tat { at: at(tat), ticks }, at(now));
        for quota in &quotas {
            let (quota, per_ms) = (*quota, quota.limit());
            let decision = gcra::decide(quota, Some(tat), now);
            let kept = |tat: Tat| tat.ticks < per_ms && tat.at.get() <= MAX_SAFE;
            assert!(kept(decision.tat) && decision.remaining <= quota.burst(), "{quota:?}, {tat:?}, {now:?}");
            assert_eq!(decision.allowed, decision.retry_after == Millis::new(0));
            assert!(decision.retry_after <= decision.reset.plus(quota.window()));
            let forced = gcra::force(quota, Some(tat), now);
            assert!(kept(forced) && (forced.at, forced.ticks) >= (now.min(UnixMillis::LATEST), 0));
            assert!(gcra::give_back(quota, tat, now).is_none_or(kept));
            // A taken occurrence that is given back at once leaves what was there.
            if let (true, Some(left)) = (decision.allowed, gcra::give_back(quota, decision.tat, now)) {
                assert_eq!(gcra::decide(quota, Some(left), now), decision);
            }
            if decision.remaining >= quota.burst() / 2 + quota.burst() % 2 {
                assert!(gcra::is_half_earned(quota, decision.tat, now), "{quota:?}, {tat:?}, {now:?}");
            }
            for locked in [false, true] {
                let stored = Some(Allowance { tat, locked });
                let taken = allowance::take(quota, stored, now);
                assert_eq!((taken.allowed, taken.retry_after), (decision.allowed, decision.retry_after));
                assert!(!(taken.allowed && taken.locks));
                assert_eq!(allowance::wait(quota, stored, now), decision.retry_after);
                assert_eq!(allowance::force(quota, stored, now).tat, forced);
                let given = allowance::give_back(quota, stored, now);
                assert_eq!(given.map(|given| given.tat), gcra::give_back(quota, tat, now));
                cases += 1;
            }
        }
    });
    for (quota, now) in quotas.iter().flat_map(|quota| ALL.map(|now| (*quota, at(now)))) {
        let first = gcra::decide(quota, None, now);
        assert!(first.allowed && first.remaining == quota.burst() - 1);
        assert_eq!(gcra::force(quota, None, now), first.tat);
        assert_eq!(gcra::give_back(quota, first.tat, now), None);
        cases += 1;
    }
    tell("quotas and allowances", cases, 1_000_000);
}

#[test]
fn limits_of_failed_logins() {
    let mut cases = 0;
    each(&SMALL, |[per_account, per_address, max_consecutive, times]| {
        let limits = Limits { per_account, per_address, max_consecutive };
        let in_a_day = |quota: Quota| quota.burst() + quota.limit();
        // One at once and one a day are the least; the options begin at ten.
        assert!(in_a_day(limits.unknown_places()) <= u64::from(per_account).max(2));
        assert!(in_a_day(limits.network(times)) <= (u64::from(per_address) * u64::from(times)).max(2));
        let common = u64::from(limits.consecutive_in_common());
        assert_eq!(common + 20 * u64::from(limits.consecutive_of_known_place()), u64::from(max_consecutive));
        assert!(limits.consecutive_from_unknown_places() <= max_consecutive / 2);
        cases += 1;
    });
    tell("limits of failed logins", cases, 100_000);
}

fn record(tat: Tat, [unknown, total, own]: [u32; 3], locked: bool) -> Record {
    let allowance = Allowance { tat, locked };
    let origins = ["known:home", "session:one"].map(|origin| Failures {
        origin: origin.to_owned(),
        allowance,
        consecutive: own,
    });
    let consecutive = Consecutive { unknown, total, locked };
    Record { unknown: Some(allowance), origins: origins.into(), consecutive }
}

#[test]
fn attempts_on_accounts() {
    const COUNTS: [u32; 5] = [0, 1, 40, u32::MAX - 1, u32::MAX];
    const OUTCOMES: [Outcome; 4] =
        [Outcome::Succeeded, Outcome::Failed, Outcome::Undecided, Outcome::Renewed];
    let origins = ["unknown", "known:home", "known:office", "session:one", "session:two"];
    let origins = origins.map(|text| Origin::parse(text).unwrap());
    let mut cases = 0;
    each(&FEW, |[tat, ticks, now]| {
        each(&COUNTS, |counts| {
            let record = record(Tat { at: at(tat), ticks }, counts, ticks % 2 == 1);
            let text = write_record(&record);
            assert_eq!(read_record(&text), Some(record.clone()), "{text}");
            let now = at(now);
            for limit in [0, 40, u32::MAX] {
                let limits = Limits { per_account: limit, per_address: limit, max_consecutive: limit };
                let until = account::locked_until(&limits, &record, now);
                assert!(
                    until.is_none_or(|until| until > now
                        || until == UnixMillis::LATEST
                        || now.get() == u64::MAX)
                );
                for origin in origins {
                    for flag in [false, true] {
                        let decision = account::decide(&limits, Some(&record), origin, flag, now);
                        if let account::Decision::Refused { retry_after, .. } = decision {
                            assert!(retry_after > Millis::new(0));
                        }
                        for outcome in OUTCOMES {
                            let next = account::settle(&limits, Some(&record), origin, flag, outcome, now);
                            assert_ne!(next.as_ref(), Some(&record));
                            cases += 1;
                        }
                    }
                }
            }
        });
    });
    tell("attempts on accounts", cases, 5_000_000);
}

#[test]
fn attempts_of_networks_and_names() {
    const SUBJECTS: [Subject; 4] = [
        Subject::Network(Width::Client),
        Subject::Network(Width::Household),
        Subject::Network(Width::Site),
        Subject::Name,
    ];
    let mut cases = 0;
    each(&ALL, |[tat, ticks, now]| {
        let allowance = Allowance { tat: Tat { at: at(tat), ticks }, locked: ticks % 2 == 1 };
        assert_eq!(read_allowance(&write_allowance(allowance)), Some(allowance));
        let states = SUBJECTS.map(|subject| State { subject, allowance: Some(allowance) });
        for (limit, shares) in
            [0, 300, u32::MAX].into_iter().flat_map(|limit| FEW.map(|shares| (limit, shares)))
        {
            let limits = Limits { per_account: limit, per_address: limit, max_consecutive: limit };
            for how in [Count::Take, Count::Force, Count::GiveBack] {
                let decision = count(&limits, &states, how, shares, at(now));
                assert_eq!(decision.allowances.len(), states.len());
                assert_eq!(decision.allowed, decision.retry_after == Millis::new(0));
                assert!(decision.allowed || how == Count::Take);
                cases += 1;
            }
        }
    });
    tell("attempts of networks and names", cases, 500_000);
}

#[test]
fn policies_and_sweeps() {
    let mut cases = 0;
    let wide = u128::from;
    each(&ALL, |[span, other, time, now]| {
        let policy = policy(span, other, span, Some(span));
        let has_passed = |span: u128| wide(time) + span <= wide(now);
        let (time, now) = (at(time), at(now));
        let idle_after = (wide(span) + wide(other)).min(u64::MAX.into());
        assert_eq!(wide(policy.idle_after().get()), idle_after);
        assert_eq!(policy.is_idle(time, now), has_passed(idle_after));
        assert_eq!(policy.is_past_retention(time, now), has_passed(wide(span.max(180_000))));
        let is_ahead = policy.latest_login(now).is_some_and(|latest| time > latest);
        assert_eq!(policy.is_expired(time, now), has_passed(span.into()) || is_ahead);
        assert!(policy.latest_login(now).is_none_or(|latest| latest < UnixMillis::LATEST && latest >= now));
        for on_inactive in OnInactive::ALL {
            let mut policy = policy;
            policy.on_inactive = on_inactive;
            let plan = plan(&policy, now);
            let selects =
                |by: SweptBy| plan.terminations.iter().any(|step| step.by == by && step.selects(time));
            assert_eq!(selects(SweptBy::LoggedIn), policy.is_expired(time, now));
            let idles = plan.idle_before.is_some_and(|cut_off| time <= cut_off) || selects(SweptBy::LastSeen);
            assert_eq!(idles, policy.is_idle(time, now));
            assert_eq!(
                plan.purge_before.is_some_and(|cut_off| time <= cut_off),
                policy.is_past_retention(time, now)
            );
            assert!(plan.settings_journal_before <= plan.journal_before);
            cases += 1;
        }
    });
    tell("policies and sweeps", cases, 300_000);
}

#[test]
fn requests_and_events() {
    let mut cases = 0;
    let events = [
        Event::LoggedIn,
        Event::Refreshed,
        Event::Replayed,
        Event::IdleElapsed,
        Event::AbsoluteElapsed,
        Event::RetentionElapsed,
        Event::TerminateRequested(Reason::Logout),
    ];
    let spans = [0, 1, LATEST, u64::MAX];
    each(&ALL, |[logged_in, last_seen, not_before, now]| {
        let [logged_in, last_seen, not_before, now] = [logged_in, last_seen, not_before, now].map(at);
        for (on_inactive, span) in OnInactive::ALL.into_iter().flat_map(|one| spans.map(|span| (one, span))) {
            let mut policy = policy(span, span, span, Some(span));
            policy.on_inactive = on_inactive;
            for state in [SessionState::Active, SessionState::Inactive] {
                let facts = Facts { state, logged_in, last_seen, not_before, touch_due: false };
                let verdict = evaluate(&policy, &facts, now);
                let refuses = on_inactive == OnInactive::Terminate && policy.is_idle(last_seen, now);
                let expected = if logged_in < not_before {
                    Verdict::Revoked
                } else if policy.is_expired(logged_in, now) {
                    Verdict::Expired
                } else if refuses {
                    Verdict::Idle
                } else {
                    let reactivated = state == SessionState::Inactive;
                    Verdict::Allow { touch: reactivated, reactivated }
                };
                assert_eq!(verdict, expected);
                cases += 1;
            }
        }
    });
    each(&FEW, |[logged_in, last_seen, last_touched, other, now]| {
        let [logged_in, last_seen, last_touched, other, now] =
            [logged_in, last_seen, last_touched, other, now].map(at);
        let terminated = DetailedState::Terminated { at: other, reason: Reason::Admin };
        let not_before = NotBefore { at: other, reason: Reason::Admin };
        for (state, span) in [DetailedState::Active, DetailedState::Inactive, terminated]
            .into_iter()
            .flat_map(|state| spans.map(|span| (state, span)))
        {
            let policy = policy(span, span, span, Some(span));
            let session = Session { state, logged_in, last_seen, last_touched };
            for event in events.into_iter().chain([Event::RequestSeen { not_before }]) {
                let after = transition(&policy, Some(session), event, true, now);
                assert!(after.session.is_none_or(|after| {
                    after.last_seen >= last_seen
                        && after.last_touched >= last_touched
                        && after.logged_in == logged_in
                }));
                assert!(after.session.is_some() || state == terminated);
                cases += 1;
            }
        }
    });
    tell("requests and events", cases, 5_000_000);
}

#[test]
fn limits_of_sessions() {
    let mut cases = 0;
    each(&FEW, |[logged_in, last_seen, expires, not_before, now]| {
        let first = LiveSession {
            logged_in: at(logged_in),
            known_revocation: expires,
            last_seen: at(last_seen),
            expires: (expires > 0).then_some(at(expires)),
        };
        let login =
            LiveSession { logged_in: at(now), known_revocation: u64::MAX, last_seen: at(now), expires: None };
        let live = [first, first, login];
        let revocation =
            Revocation { not_before: at(not_before), number: not_before, written: at(not_before) };
        for span in [0, 1, LATEST, u64::MAX] {
            let policy = policy(span, span, span, None);
            for (max, on_limit) in [None, Some(0), Some(1), Some(2), Some(u32::MAX)]
                .into_iter()
                .flat_map(|max| OnLimit::ALL.map(|on_limit| (max, on_limit)))
            {
                let decision = Limit { max, on_limit }.decide(&policy, &live, Some(2), &revocation, at(now));
                match decision {
                    LimitDecision::Allow => {}
                    LimitDecision::Deny => assert!(max.is_some() && on_limit == OnLimit::DenyNew),
                    LimitDecision::Evict(evicted) => {
                        let kept = usize::try_from(max.unwrap().max(1)).unwrap();
                        assert!(evicted.len() + kept <= live.len() && on_limit == OnLimit::EvictOldest);
                        assert!(evicted.iter().all(|index| *index < live.len()));
                        assert!(evicted.is_sorted_by_key(|index| live[*index].logged_in));
                    }
                }
                cases += 1;
            }
        }
    });
    tell("limits of sessions", cases, 1_000_000);
}

#[test]
fn revocations_and_refresh_tokens() {
    let mut cases = 0;
    each(&ALL, |[one, two, three, four]| {
        let revocation = Revocation { not_before: at(one), number: two, written: at(one.max(four)) };
        let expected = if four < two {
            RevokedBy::Number
        } else if three < one {
            RevokedBy::Instant
        } else {
            RevokedBy::Nothing
        };
        assert_eq!(revocation.revoked_by(at(three), four), expected);
        assert_eq!(revokes(two, four), four < two);
        for issued in [None, Some(at(three))] {
            let since = issued.map_or(0, UnixMillis::get);
            let expected = if since < one {
                Adoption::Refuse
            } else if since < one.max(four) {
                Adoption::Unaware
            } else {
                Adoption::Aware
            };
            assert_eq!(revocation.adopt(issued), expected);
        }
        cases += 1;
    });
    each(&ALL, |[window, exchanged, now]| {
        for on_reuse in OnRefreshReuse::ALL {
            let policy = ReusePolicy { window: Millis::new(window), on_reuse };
            assert_eq!(policy.decide(None, at(now)), RefreshDecision::Rotate);
            for child in [ChildUse::Unused, ChildUse::SameOrigin, ChildUse::OtherOrigin] {
                let decision = policy.decide(Some(Rotated { at: at(exchanged), child }), at(now));
                let answers = matches!(decision, RefreshDecision::Retry | RefreshDecision::Tolerate);
                assert_ne!(decision, RefreshDecision::Rotate);
                assert!(!answers || now.saturating_sub(exchanged) < window);
                assert!(!answers || exchanged.saturating_sub(now) < window.max(60_000));
                assert_eq!(
                    decision == RefreshDecision::Reuse,
                    !answers && on_reuse == OnRefreshReuse::Terminate
                );
                cases += 1;
            }
        }
    });
    tell("revocations and refresh tokens", cases, 200_000);
}

#[test]
fn the_impact_of_settings() {
    let mut cases = 0;
    for (on_inactive, span) in
        OnInactive::ALL.into_iter().flat_map(|one| [0, LATEST, u64::MAX].map(|span| (one, span)))
    {
        let engine = Engine::new(&Settings {
            on_inactive,
            inactivity_timeout: Millis::new(span),
            absolute_timeout: AbsoluteTimeout::After(Millis::new(span)),
            terminated_retention: if span == 0 { Retention::Days(0) } else { Retention::Days(u32::MAX) },
            ..Settings::default()
        });
        each(&FEW, |[logged_in, last_seen, terminated, kept_until, now]| {
            for state in SessionState::ALL {
                let [logged_in, last_seen, terminated, kept_until] =
                    [logged_in, last_seen, terminated, kept_until].map(at);
                let stored = Stored { state, logged_in, last_seen, terminated, kept_until };
                for clean_up in [None, Some(at(now)), Some(at(u64::MAX))] {
                    let mut impact = Impact::default();
                    impact.record(&engine, 7, stored, at(now), clean_up);
                    let changed = [&impact.inactive, &impact.idle, &impact.expired].map(Vec::len);
                    assert!(changed.iter().sum::<usize>() <= 1 && impact.deleted.len() <= 1);
                    assert!(clean_up.is_some() || impact.deleted.is_empty());
                    assert!(state != SessionState::Terminated || changed == [0; 3]);
                    cases += 1;
                }
            }
        });
    }
    tell("the impact of settings", cases, 1_000_000);
}
