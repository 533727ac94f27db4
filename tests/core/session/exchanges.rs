//! Whatever the order in which several requests exchange one refresh token, it has one child, and no request of its
//! client is refused or taken for a thief. A search that is given a flawed shell finds the flaw.

#![allow(clippy::print_stdout)] // The number of states says how much was tried.

use crate::model::exchanges::{Counted, Exchanges, Flaw, Presentation, Token};
use crate::model::rotations::Origin;
use crate::model::search::explore;
use magic_sessionmanager_core::session::rotation::OnRefreshReuse;

const PARENT: Presentation = (0, Origin::Client, Token::Parent);
const PARENT_THERE: Presentation = (1, Origin::Client, Token::Parent);
const CHILD: Presentation = (0, Origin::Client, Token::Child);
const CHILD_THERE: Presentation = (1, Origin::Client, Token::Child);
const THIEF: Presentation = (1, Origin::Elsewhere, Token::Parent);
const THIEF_OF_CHILD: Presentation = (1, Origin::Elsewhere, Token::Child);

const BASE: Exchanges = Exchanges {
    flaw: Flaw::None,
    on_reuse: OnRefreshReuse::Terminate,
    requests: [PARENT, PARENT_THERE, PARENT],
    skews: [0, 0],
    horizon: 3,
    crashes: 1,
    uses: false,
    counted: Counted::Decided,
};

/// Searches through every scope; prints and checks the number of states.
fn search(name: &str, at_least: usize, scopes: impl IntoIterator<Item = Exchanges>) {
    let mut states = 0;
    for scope in scopes {
        let found = explore(&scope);
        assert_eq!(found.violation, None, "{scope:?}");
        states += found.states;
    }
    println!("{name}: {states} states");
    assert!(states > at_least, "only {states} states");
}

/// Gives a scope under each option, and with clocks that differ.
fn under_each_option(scope: Exchanges) -> Vec<Exchanges> {
    let options = OnRefreshReuse::ALL.map(|on_reuse| Exchanges { on_reuse, ..scope });
    let clocks = [[0, 1], [3, 0]].map(|skews| Exchanges { skews, ..scope });
    [&options[..], &clocks].concat()
}

#[test]
fn a_client_that_presents_one_token_three_times_at_once_gets_one_child() {
    search("one client", 400_000, [BASE, Exchanges { skews: [1, 0], crashes: 0, ..BASE }]);
}

#[test]
fn a_child_is_exchanged_while_its_parent_still_is() {
    let requests = [PARENT, PARENT_THERE, CHILD_THERE];
    search("parent and child", 300_000, under_each_option(Exchanges { requests, ..BASE }));
}

#[test]
fn a_child_is_exchanged_twice_at_once() {
    let requests = [PARENT, CHILD, CHILD_THERE];
    search("two children", 200_000, under_each_option(Exchanges { requests, uses: true, ..BASE }));
}

#[test]
fn a_thief_of_the_parent_takes_part_in_the_race() {
    let requests = [PARENT, THIEF, CHILD];
    let scopes = OnRefreshReuse::ALL.map(|on_reuse| Exchanges { on_reuse, requests, uses: true, ..BASE });
    search("a thief of the parent", 400_000, scopes);
}

#[test]
fn a_thief_of_the_child_takes_part_in_the_race() {
    let requests = [PARENT, PARENT_THERE, THIEF_OF_CHILD];
    search("a thief of the child", 300_000, under_each_option(Exchanges { requests, ..BASE }));
}

#[test]
fn two_requests_may_crash() {
    let requests = [PARENT, PARENT_THERE, CHILD];
    search("two crashes", 100_000, [Exchanges { requests, crashes: 2, ..BASE }]);
}

/// The core decides at the time of the decision. A request that waits for the database for as long as the window counts
/// as a reuse, although its client presented the token together with the others.
#[test]
fn a_request_that_waits_for_the_whole_window_counts_as_a_reuse() {
    let violation = explore(&Exchanges { counted: Counted::Presented, crashes: 0, ..BASE }).violation;
    let violation = violation.unwrap_or_default();
    println!("{violation}");
    assert!(violation.starts_with("terminated a session without a reuse"), "{violation}");
}

#[test]
fn a_flawed_shell_is_found_out() {
    let thieves = [PARENT, THIEF, CHILD];
    let chain = [PARENT, PARENT_THERE, CHILD_THERE];
    for (flaw, requests, expected) in [
        (Flaw::NoUniqueKey, BASE.requests, "recorded a second child"),
        (Flaw::LoserKeepsItsChild, BASE.requests, "answered with a second child"),
        (Flaw::LoserRefuses, BASE.requests, "refused a client that repeated itself"),
        (Flaw::LoserReportsReuse, BASE.requests, "terminated a session without a reuse"),
        (Flaw::LoserDecidesOnFirstRead, BASE.requests, "refused the loser of a race"),
        (Flaw::ReadsCached, thieves, "answered somebody elsewhere"),
        (Flaw::LoserRemovesSharedChild, BASE.requests, "answered with a token that Strapi does not know"),
        (Flaw::TwoTransactions, BASE.requests, "lost the newest token"),
        (Flaw::WindowSlides, chain, "answered after the window"),
    ] {
        let uses = requests == thieves;
        let violation = explore(&Exchanges { flaw, requests, uses, ..BASE }).violation.unwrap_or_default();
        println!("{flaw:?}: {violation}");
        assert!(violation.starts_with(expected), "{flaw:?} gave: {violation}");
    }
}

/// A crash of the winner before it answers leaves a token that only a repeated request can get.
#[test]
fn a_repeated_request_needs_the_exchange_and_its_token_in_one_transaction() {
    let requests = [PARENT, CHILD, CHILD_THERE];
    let flawed = Exchanges { flaw: Flaw::TwoTransactions, requests, ..BASE };
    let violation = explore(&flawed).violation.unwrap_or_default();
    println!("{violation}");
    assert!(violation.starts_with("lost the newest token") && violation.contains("Crashes"), "{violation}");
}
