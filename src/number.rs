//! Converts between the one number type of JavaScript and whole numbers, without loss.
//!
//! ```
//! use magic_sessionmanager_core::number::{to_f64, whole};
//!
//! assert_eq!(whole(1_700_000_000_000.0), Some(1_700_000_000_000));
//! assert_eq!([0.5, f64::NAN, f64::INFINITY].map(whole), [None; 3]);
//! assert_eq!(to_f64(-1), -1.0);
//! ```

/// The largest whole number that an `f64` tells apart from its neighbours: 2^53 - 1.
pub const MAX_SAFE: u64 = 9_007_199_254_740_991;

/// Converts a number to a whole number, or returns `None` if that would change it.
///
/// NaN, the infinities, fractions and numbers beyond ±[`MAX_SAFE`] are refused.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the bounds are checked first")]
pub fn whole(value: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_991.0;
    (value.fract() == 0.0 && value.abs() <= LIMIT).then_some(value as i64)
}

/// Converts a whole number to a number of JavaScript.
///
/// It is exact up to [`MAX_SAFE`]. A larger number is rounded; no clock and no setting produces one.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "documented: exact up to MAX_SAFE")]
pub fn to_f64(value: i64) -> f64 {
    value as f64
}
