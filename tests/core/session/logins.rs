//! No login outlives a change of its user that it has not seen, whatever the order of their steps.

#![allow(clippy::print_stdout)] // The number of states says how much was tried.

use crate::model::logins::{Change, Flaw, Logins, Writer};
use crate::model::search::explore;

const ALL: [(Writer, Change); 3] = [
    (Writer::Strapi, Change::Password),
    (Writer::Strapi, Change::BlockAndUnblock),
    (Writer::PastStrapi, Change::Password),
];

#[test]
fn no_login_outlives_a_change_that_it_has_not_seen() {
    for (writer, change) in ALL {
        let found = explore(&Logins { flaw: Flaw::None, writer, change });
        println!("{writer:?}, {change:?}: {} states", found.states);
        assert_eq!(found.violation, None, "{writer:?}, {change:?}");
        assert!(found.states > 100, "{writer:?}, {change:?} tried only {} states", found.states);
    }
}

/// A block past Strapi that ends before any request is the one change that nobody can see.
#[test]
fn a_block_past_strapi_is_missed_without_a_request_meanwhile() {
    let change = Logins { flaw: Flaw::None, writer: Writer::PastStrapi, change: Change::BlockAndUnblock };
    assert!(explore(&change).violation.is_some());
}

#[test]
fn a_flawed_shell_is_found_out() {
    for (flaw, writer, change) in [
        (Flaw::Unbound, Writer::Strapi, Change::Password),
        (Flaw::Unbound, Writer::Strapi, Change::BlockAndUnblock),
        (Flaw::Unbound, Writer::PastStrapi, Change::Password),
        (Flaw::RevocationReadLate, Writer::Strapi, Change::BlockAndUnblock),
        (Flaw::HashReadLate, Writer::PastStrapi, Change::Password),
    ] {
        let violation = explore(&Logins { flaw, writer, change }).violation.unwrap_or_default();
        println!("{flaw:?}: {violation}");
        assert!(violation.starts_with("accepted a login"), "{flaw:?} gave: {violation}");
    }
}
