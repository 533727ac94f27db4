//! The generic cell rate algorithm (ITU-T I.371, annex A).
//!
//! The state of a limiter is one instant, the *theoretical arrival time* (TAT): the time at which everything allowed so
//! far will have been earned. A store keeps it as plain data: read, [`decide`], compare-and-set, and start again if
//! another writer was faster.
//!
//! ```
//! use magic_sessionmanager_core::rate::{gcra, quota::Quota};
//! use magic_sessionmanager_core::{Millis, UnixMillis};
//!
//! let (quota, now) = (Quota::new(1, Millis::new(1000), 1)?, UnixMillis::new(1_700_000_000_000));
//! let first = gcra::decide(quota, None, now);
//! assert!(first.allowed);
//! let refused = gcra::decide(quota, Some(first.tat), now);
//! assert_eq!((refused.allowed, refused.tat), (false, first.tat));
//! assert!(gcra::decide(quota, Some(refused.tat), now.after(refused.retry_after)).allowed);
//! # Ok::<(), magic_sessionmanager_core::Error>(())
//! ```

use crate::rate::quota::Quota;
use crate::time::{Millis, UnixMillis};

/// The theoretical arrival time, to the tick.
///
/// It belongs to one quota, because the limit of the quota is the number of ticks in a millisecond. Under another quota
/// it is wrong by a millisecond at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tat {
    /// The whole milliseconds.
    pub at: UnixMillis,
    /// The ticks after that millisecond; fewer than a millisecond has.
    pub ticks: u64,
}

impl Tat {
    fn ahead(quota: Quota, now: UnixMillis, ticks: u64) -> Self {
        let per_ms = quota.ticks_per_ms();
        Self { at: now.after(Millis::new(ticks / per_ms)), ticks: ticks % per_ms }
    }

    /// Returns the ticks from `now` to this instant: zero once it has passed.
    fn ticks_ahead(self, quota: Quota, now: UnixMillis) -> u64 {
        if self.at < now {
            return 0;
        }
        let per_ms = quota.ticks_per_ms().get();
        self.at.since(now).get().saturating_mul(per_ms).saturating_add(self.ticks.min(per_ms))
    }
}

/// The decision on one occurrence, and the state of the quota after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Whether the occurrence is allowed.
    pub allowed: bool,
    /// The TAT to store. A refusal returns the one that was read, unless a clock has stepped back: see [`decide`].
    pub tat: Tat,
    /// The number of further occurrences allowed at this instant.
    pub remaining: u64,
    /// The time until the next occurrence is allowed, to the millisecond; zero if this one is.
    pub retry_after: Millis,
    /// The time until a whole burst is allowed again. The stored TAT may be deleted then.
    pub reset: Millis,
}

/// Decides whether an occurrence is allowed at `now`; `tat` is the stored TAT, if there is one.
///
/// While the clock runs forward, no span of time contains more than `burst` occurrences and one for every
/// `window / limit` that it lasts. No input fails or overflows.
///
/// **A clock that steps back** earns nothing: the TAT stays, and the wait grows by the step. Instances whose clocks
/// disagree by less than a window share a quota: together they allow what one would, and what it earns in the time by
/// which their clocks disagree. A TAT further ahead than a burst *and a window* comes from a larger step, or from a larger
/// quota. It is replaced by the TAT of a used-up burst, and the next occurrence is allowed one interval later. No step
/// locks anyone out for longer than a window and a burst. Clocks that disagree by more than a window do not share a quota.
///
/// **After the year 275760** ([`UnixMillis::LATEST`]) nothing more is earned, because JavaScript could not hold a later
/// TAT.
#[must_use]
pub fn decide(quota: Quota, tat: Option<Tat>, now: UnixMillis) -> Decision {
    let now = now.min(UnixMillis::LATEST);
    let (interval, burst) = (quota.interval_ticks(), quota.burst_ticks());
    let owed = tat.map_or(0, |tat| plausible(quota, tat.ticks_ahead(quota, now)));
    let owed_with_this = owed.saturating_add(interval.get());
    let allowed = owed_with_this <= burst;
    let owed = if allowed { owed_with_this } else { owed };
    Decision {
        allowed,
        tat: Tat::ahead(quota, now, owed),
        remaining: burst.saturating_sub(owed) / interval,
        retry_after: if allowed { Millis::new(0) } else { wait(quota, owed_with_this.saturating_sub(burst)) },
        reset: wait(quota, owed),
    }
}

/// Takes an occurrence whether it is allowed or not, for one that has already happened.
#[must_use]
pub fn force(quota: Quota, tat: Option<Tat>, now: UnixMillis) -> Tat {
    let now = now.min(UnixMillis::LATEST);
    let owed = tat.map_or(0, |tat| plausible(quota, tat.ticks_ahead(quota, now)));
    // Further ones would only look like a clock that has stepped back.
    let most = quota.burst_ticks().saturating_add(quota.window_ticks());
    Tat::ahead(quota, now, owed.saturating_add(quota.interval_ticks().get()).min(most))
}

/// Gives an occurrence back that was taken and did not happen; `None` if nothing else was taken.
#[must_use]
pub fn give_back(quota: Quota, tat: Tat, now: UnixMillis) -> Option<Tat> {
    let now = now.min(UnixMillis::LATEST);
    let owed = plausible(quota, tat.ticks_ahead(quota, now));
    let left = owed.saturating_sub(quota.interval_ticks().get());
    (left > 0).then(|| Tat::ahead(quota, now, left))
}

/// Returns whether at least half of a burst is allowed at `now`.
#[must_use]
pub fn is_half_earned(quota: Quota, tat: Tat, now: UnixMillis) -> bool {
    plausible(quota, tat.ticks_ahead(quota, now)) <= quota.burst_ticks() / 2
}

fn plausible(quota: Quota, owed: u64) -> u64 {
    let burst = quota.burst_ticks();
    if owed > burst.saturating_add(quota.window_ticks()) { burst } else { owed }
}

fn wait(quota: Quota, ticks: u64) -> Millis {
    Millis::new(ticks.div_ceil(quota.ticks_per_ms().get()))
}
