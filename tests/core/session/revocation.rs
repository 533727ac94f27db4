//! A revocation terminates what it should, and a token from before the plugin is adopted unless one refuses it.

use magic_sessionmanager_core::session::revocation::{
    Adoption, Revocation, RevokedBy, SweepTurn, sweep_turn,
};
use magic_sessionmanager_core::time::UnixMillis;
use proptest::prelude::*;

const fn at(millis: u64) -> UnixMillis {
    UnixMillis::new(millis)
}

fn row(not_before: u64, number: u64, written: u64) -> Revocation {
    Revocation { not_before: at(not_before), number, written: at(written) }
}

#[test]
fn a_session_is_revoked_by_a_number_it_did_not_know_or_an_instant_after_its_login() {
    let revoked_by = |revocation: Revocation| revocation.revoked_by(at(1000), 5);
    assert_eq!(revoked_by(row(0, 0, 0)), RevokedBy::Nothing);
    assert_eq!(revoked_by(row(1000, 5, 2000)), RevokedBy::Nothing);
    assert_eq!(revoked_by(row(1001, 5, 2000)), RevokedBy::Instant);
    assert_eq!(revoked_by(row(0, 6, 0)), RevokedBy::Number);
    assert_eq!(revoked_by(row(1001, 6, 2000)), RevokedBy::Number);
}

#[test]
fn a_token_is_adopted_unless_the_instant_is_later_than_its_issue() {
    assert_eq!(row(1000, 0, 1000).adopt(Some(at(1000))), Adoption::Aware);
    assert_eq!(row(1001, 0, 1001).adopt(Some(at(1000))), Adoption::Refuse);
}

#[test]
fn a_token_without_a_date_is_refused_by_every_instant_and_knows_nothing() {
    assert_eq!(row(1, 0, 1).adopt(None), Adoption::Refuse);
    assert_eq!(row(0, 7, 1).adopt(None), Adoption::Unaware);
}

#[test]
fn a_token_knows_the_revocation_that_was_written_before_its_issue() {
    assert_eq!(row(0, 7, 1000).adopt(Some(at(1000))), Adoption::Aware);
    assert_eq!(row(0, 9, 1001).adopt(Some(at(1000))), Adoption::Unaware);
}

/// Sweeps a session by the rows of its user and of everyone, and returns the value that terminated it.
fn swept_by(own: u64, of_everyone: u64, session: u64) -> Option<u64> {
    let turns = match sweep_turn(own, of_everyone) {
        SweepTurn::Never => vec![of_everyone],
        SweepTurn::Before => vec![own, of_everyone],
        SweepTurn::After => vec![of_everyone, own],
    };
    turns.into_iter().find(|value| *value > session)
}

proptest! {
    #[test]
    fn a_sweep_terminates_by_the_higher_of_both_rows(own in 0..9_u64, of_everyone in 0..9_u64, session in 0..9_u64) {
        let highest = own.max(of_everyone);
        prop_assert_eq!(swept_by(own, of_everyone, session), (highest > session).then_some(highest));
        prop_assert_eq!(sweep_turn(own, of_everyone) == SweepTurn::Never, own == 0);
    }

    #[test]
    fn an_adopted_session_is_revoked_by_exactly_what_came_after_its_issue(
        (not_before, number, written) in (0..50_u64, 1..9_u64, 0..50_u64),
        issued in 0..50_u64,
    ) {
        let revocation = row(not_before, number, written);
        let known = match revocation.adopt(Some(at(issued))) {
            Adoption::Refuse => {
                prop_assert!(not_before > issued);
                return Ok(());
            }
            Adoption::Unaware => 0,
            Adoption::Aware => number,
        };
        let expected = if written > issued { RevokedBy::Number } else { RevokedBy::Nothing };
        prop_assert_eq!(revocation.revoked_by(at(issued), known), expected);
    }
}
