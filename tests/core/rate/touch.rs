//! The last-seen gate lets one write through per period and is not fooled by a clock that steps back.

use magic_sessionmanager_core::rate::touch::TouchGate;
use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_write_is_due_exactly_when_a_period_has_passed(period: u64, touched: u64, now: u64) {
        let due = TouchGate::new(Millis::new(period)).is_due(UnixMillis::new(touched), UnixMillis::new(now));
        let passed = now.checked_sub(touched);
        prop_assert_eq!(due, passed.is_some_and(|passed| passed >= period));
    }
}

#[test]
fn a_clock_that_stepped_back_makes_no_write_due() {
    let gate = TouchGate::new(Millis::new(0));
    assert!(!gate.is_due(UnixMillis::new(1_000), UnixMillis::new(999)));
}
