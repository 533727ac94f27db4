//! No login outlives a change of its user that it has not seen, whatever the order of their steps.

#![allow(clippy::print_stdout)] // The number of states says how much was tried.

use crate::model::logins::{Change, Flaw, Logins, Reading, Writer};
use crate::model::search::explore;

const ALL: [(Writer, Change); 3] = [
    (Writer::Strapi, Change::Password),
    (Writer::Strapi, Change::BlockAndUnblock),
    (Writer::PastStrapi, Change::Password),
];

const READINGS: [Reading; 2] = [Reading::RevocationFirst, Reading::AccountAfter];

#[test]
fn no_login_outlives_a_change_that_it_has_not_seen() {
    for (reading, (writer, change)) in
        READINGS.into_iter().flat_map(|reading| ALL.map(|other| (reading, other)))
    {
        let found = explore(&Logins { flaw: Flaw::None, writer, change, reading });
        println!("{reading:?}, {writer:?}, {change:?}: {} states", found.states);
        assert_eq!(found.violation, None, "{reading:?}, {writer:?}, {change:?}");
        assert!(found.states > 100, "{reading:?}, {writer:?}, {change:?} tried only {} states", found.states);
    }
}

/// A block past Strapi that ends before any request is the one change that nobody can see.
#[test]
fn a_block_past_strapi_is_missed_without_a_request_meanwhile() {
    let (writer, change) = (Writer::PastStrapi, Change::BlockAndUnblock);
    for reading in READINGS {
        let found = explore(&Logins { flaw: Flaw::None, writer, change, reading });
        assert!(found.violation.is_some(), "{reading:?}");
    }
}

#[test]
fn a_flawed_shell_is_found_out() {
    let (first, after) = (Reading::RevocationFirst, Reading::AccountAfter);
    for (flaw, writer, change, reading) in [
        (Flaw::Unbound, Writer::Strapi, Change::Password, first),
        (Flaw::Unbound, Writer::Strapi, Change::BlockAndUnblock, after),
        (Flaw::Unbound, Writer::PastStrapi, Change::Password, after),
        (Flaw::RevocationReadLate, Writer::Strapi, Change::BlockAndUnblock, first),
        (Flaw::HashReadLate, Writer::PastStrapi, Change::Password, first),
        (Flaw::HashReadLate, Writer::PastStrapi, Change::Password, after),
        (Flaw::BlockNotRead, Writer::Strapi, Change::BlockAndUnblock, after),
    ] {
        let violation = explore(&Logins { flaw, writer, change, reading }).violation.unwrap_or_default();
        println!("{flaw:?}: {violation}");
        assert!(violation.starts_with("accepted a login"), "{flaw:?} gave: {violation}");
    }
}
