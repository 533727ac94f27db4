//! The steps of a sweep have the bounds and the names that the shell goes by.

use magic_sessionmanager_core::session::reason::Reason;
use magic_sessionmanager_core::session::sweep::{SweepPlan, SweepStep, SweptBy, plan};
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};

const NOW: UnixMillis = UnixMillis::new(1_700_000_000_000);
const ABSOLUTE: Millis = Millis::new(10_000_000);

fn planned(absolute_timeout: AbsoluteTimeout, now: UnixMillis) -> SweepPlan {
    plan(&Settings { absolute_timeout, ..Settings::default() }.policy(), now)
}

fn by_login(plan: &SweepPlan) -> Vec<SweepStep> {
    plan.terminations.iter().copied().filter(|step| step.by == SweptBy::LoggedIn).collect()
}

#[test]
fn names_never_change() {
    let all = [SweptBy::Revocation, SweptBy::LoggedIn, SweptBy::Expires, SweptBy::LastSeen];
    assert_eq!(all.map(SweptBy::as_str), ["revocation", "loggedInAtMs", "expiresAtMs", "lastSeenAtMs"]);
}

#[test]
fn both_bounds_of_a_step_are_included_and_a_missing_one_is_none() {
    let [from, until] = [10, 20].map(UnixMillis::new);
    let selected = |from, until| {
        let step = SweepStep { by: SweptBy::LoggedIn, from, until, reason: None };
        [0, 9, 10, 20, 21, u64::MAX].map(|time| step.selects(UnixMillis::new(time)))
    };
    assert_eq!(selected(Some(from), Some(until)), [false, false, true, true, false, false]);
    assert_eq!(selected(Some(from), None), [false, false, true, true, true, true]);
    assert_eq!(selected(None, Some(until)), [true, true, true, true, false, false]);
    assert_eq!(selected(None, None), [true; 6]);
}

#[test]
fn a_login_is_too_old_or_too_far_ahead_by_the_absolute_timeout() {
    let expected = [
        SweepStep {
            by: SweptBy::LoggedIn,
            from: None,
            until: NOW.before(ABSOLUTE),
            reason: Some(Reason::Expired),
        },
        SweepStep {
            by: SweptBy::LoggedIn,
            from: Some(NOW.after(ABSOLUTE).after(Millis::new(1))),
            until: None,
            reason: Some(Reason::Expired),
        },
    ];
    assert_eq!(by_login(&planned(AbsoluteTimeout::After(ABSOLUTE), NOW)), expected);
}

#[test]
fn no_login_is_too_far_ahead_if_no_date_is_later() {
    let left = UnixMillis::LATEST.since(NOW);
    let bounds = |absolute_timeout| {
        let steps = by_login(&planned(absolute_timeout, NOW));
        steps.first().map(|step| step.from)
    };
    let almost_left = Millis::new(left.get() - 1);
    assert_eq!(bounds(AbsoluteTimeout::After(almost_left)), Some(Some(UnixMillis::LATEST)));
    assert_eq!(bounds(AbsoluteTimeout::After(left)), None);
    assert_eq!(bounds(AbsoluteTimeout::Token), None);
}

#[test]
fn records_of_tokens_that_began_no_session_go_when_the_tokens_run_out() {
    assert_eq!(planned(AbsoluteTimeout::Token, NOW).run_out_before, NOW);
}

#[test]
fn a_cut_off_time_may_be_the_epoch_itself() {
    let at_epoch = planned(AbsoluteTimeout::After(ABSOLUTE), UnixMillis::new(ABSOLUTE.get()));
    let before_epoch = planned(AbsoluteTimeout::After(ABSOLUTE), UnixMillis::new(ABSOLUTE.get() - 1));
    let until = |plan: &SweepPlan| by_login(plan).iter().find_map(|step| step.until);
    assert_eq!((until(&at_epoch), until(&before_epoch)), (Some(UnixMillis::new(0)), None));
}

#[test]
fn a_login_is_under_way_for_less_than_an_hour() {
    const HOUR: u64 = 60 * 60 * 1000;
    let plan = |now| plan(&Settings::default().policy(), UnixMillis::new(now)).known_revocations_before;
    assert_eq!(plan(5 * HOUR), Some(UnixMillis::new(4 * HOUR)));
    assert_eq!(plan(HOUR - 1), None);
}
