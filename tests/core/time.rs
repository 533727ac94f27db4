//! Arithmetic on time holds for every number there is, and for clocks that step back.

use magic_sessionmanager_core::time::{Millis, UnixMillis};
use proptest::prelude::*;

proptest! {
    #[test]
    fn spans_and_instants_stop_at_the_ends_of_time(start: u64, span: u64) {
        let (at, length) = (UnixMillis::new(start), Millis::new(span));
        prop_assert_eq!(at.after(length).get(), start.saturating_add(span));
        prop_assert_eq!(at.before(length).map(UnixMillis::get), start.checked_sub(span));
        prop_assert_eq!(Millis::new(start).plus(length).get(), start.saturating_add(span));
    }

    #[test]
    fn no_time_has_passed_since_a_later_instant(one: u64, other: u64) {
        let passed = UnixMillis::new(one).since(UnixMillis::new(other)).get();
        prop_assert_eq!(passed, one.saturating_sub(other));
    }

    #[test]
    fn a_day_has_as_many_milliseconds_as_a_day_has(days: u32) {
        prop_assert_eq!(Millis::from_days(days).get(), u64::from(days) * 86_400_000);
    }
}
