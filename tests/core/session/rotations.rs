//! Every order in which a chain of refresh tokens is presented and used keeps the promises of each option, and a search
//! that is given a flawed shell finds the flaw.

#![allow(clippy::print_stdout)] // The number of states says how much was tried.

use crate::model::rotations::{Flaw, Rotations};
use crate::model::search::explore;
use magic_sessionmanager_core::session::rotation::OnRefreshReuse;

const BASE: Rotations =
    Rotations { flaw: Flaw::None, on_reuse: OnRefreshReuse::Terminate, skews: [0, 0], horizon: 4 };

#[test]
fn every_order_keeps_the_promises() {
    for on_reuse in OnRefreshReuse::ALL {
        for skews in [[0, 0], [0, 1], [3, 0]] {
            let found = explore(&Rotations { on_reuse, skews, ..BASE });
            println!("{on_reuse:?}, {skews:?}: {} states", found.states);
            assert_eq!(found.violation, None, "{on_reuse:?}, {skews:?}");
            assert!(found.states > 1000, "only {} states", found.states);
        }
    }
}

#[test]
fn a_flawed_shell_is_found_out() {
    let cases = [
        (Flaw::OriginIgnored, "answered somebody elsewhere"),
        (Flaw::LastUseRecorded, "refused a client that repeated itself"),
        (Flaw::FirstLinkOnly, "answered somebody elsewhere"),
        (Flaw::WindowSlides, "answered after the window"),
        (Flaw::ChildNotNewest, "handed out a token that was exchanged"),
        (Flaw::UseIsReplay, "refused a client that repeated itself"),
    ];
    for (flaw, expected) in cases {
        let violation = explore(&Rotations { flaw, ..BASE }).violation.unwrap_or_default();
        println!("{flaw:?}: {violation}");
        assert!(violation.starts_with(expected), "{flaw:?} gave: {violation}");
    }
}
