//! Every order of requests, terminations, touches, sweeps, refreshes, crashes, lost and repeated messages, within a
//! small scope, keeps the promises; and a search that is given a flawed shell finds the flaw.

#![allow(clippy::print_stdout)] // The number of states says how much was tried.

use crate::model::cluster::{Cluster, Flaw};
use crate::model::search::explore;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::settings::Retention;

fn holds<const N: usize>(name: &str, cluster: &Cluster<N>) {
    let found = explore(cluster);
    println!("{name}: {} states", found.states);
    assert_eq!(found.violation, None, "{name}");
    assert!(found.states > 1000, "{name} tried only {} states", found.states);
}

fn finds(flaw: Flaw, expected: &str, mut cluster: Cluster<2>) {
    cluster.flaw = flaw;
    let violation = explore(&cluster).violation.unwrap_or_default();
    println!("{flaw:?}: {violation}");
    assert!(violation.starts_with(expected), "{flaw:?} gave: {violation}");
}

#[test]
fn two_instances_with_sweeps_and_crashes() {
    let base = Cluster::<2> { touches: true, sweeps: true, crashes: true, skews: [0, 1], ..Cluster::new(3) };
    for on_inactive in OnInactive::ALL {
        for retention in [Retention::Forever, Retention::Days(0)] {
            let cluster = Cluster { on_inactive, retention, ..base };
            holds(&format!("two, {on_inactive:?}, {retention:?}"), &cluster);
        }
    }
}

#[test]
fn two_instances_with_a_clock_that_jumps_back() {
    let cluster = Cluster::<2> {
        touches: true,
        sweeps: true,
        clock_jumps: true,
        on_inactive: OnInactive::Terminate,
        ..Cluster::new(3)
    };
    holds("two, a clock jumps back", &cluster);
}

#[test]
fn two_instances_with_refreshes() {
    let cluster = Cluster::<2> { refreshes: true, skews: [0, -1], ..Cluster::new(3) };
    holds("two, refreshes", &cluster);
}

#[test]
fn two_instances_with_all_sessions_before_an_instant_terminated() {
    let cluster = Cluster::<2> { not_before: true, crashes: true, skews: [0, 1], ..Cluster::new(3) };
    holds("two, not before", &cluster);
}

/// Three instances whose clocks are up to five seconds wrong, and any of which crashes at any time.
const THREE: Cluster<3> = Cluster { skews: [-1, 0, 1], crashes: true, ..Cluster::new(3) };
/// The same, made smaller to leave room for more kinds of steps.
const THREE_IN_SHORT: Cluster<3> = Cluster { lease: 1, horizon: 2, ..THREE };

#[test]
fn three_instances_with_crashes() {
    holds("three", &THREE);
}

#[test]
fn three_instances_with_sweeps() {
    holds("three, sweeps", &Cluster { sweeps: true, ..THREE_IN_SHORT });
}

#[test]
fn three_instances_with_touches() {
    holds("three, touches", &Cluster { touches: true, ..THREE_IN_SHORT });
}

#[test]
fn three_instances_with_refreshes() {
    holds("three, refreshes", &Cluster { refreshes: true, horizon: 1, ..THREE_IN_SHORT });
}

#[test]
fn three_instances_with_all_sessions_before_an_instant_terminated() {
    holds("three, not before", &Cluster { not_before: true, horizon: 1, ..THREE_IN_SHORT });
}

#[test]
fn a_flawed_shell_is_found_out() {
    let plain = Cluster { touches: true, ..Cluster::new(3) };
    finds(Flaw::NoLease, "accepted", plain);
    finds(Flaw::SlowReadsTrusted, "accepted", plain);
    finds(Flaw::ViewForgets, "accepted by an instance that knew", plain);
    finds(Flaw::BlindTermination, "overwrote the first reason", plain);
    finds(Flaw::BlindTouch, "left terminated", plain);
    finds(Flaw::ReplayTolerated, "a replay succeeded", Cluster { refreshes: true, ..plain });
}
