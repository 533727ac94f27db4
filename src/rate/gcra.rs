//! The generic cell rate algorithm (ITU-T I.371, annex A): a whole limiter in one instant.
//!
//! What is remembered is the *theoretical arrival time* (TAT): when everything allowed so far will have been earned.
//! A store keeps it as plain data: read, [`decide`], compare-and-set, and start again if another was faster.

use crate::rate::quota::Quota;
use crate::time::{Millis, UnixMillis};

/// When everything allowed so far will have been earned, to the tick.
///
/// It belongs to one quota, whose limit is the number of ticks in a millisecond. Read under another, it is off by
/// a millisecond at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tat {
    /// The whole milliseconds.
    pub at: UnixMillis,
    /// What comes on top: ticks, fewer than a millisecond has.
    pub ticks: u64,
}

impl Tat {
    fn ahead(quota: Quota, now: UnixMillis, ticks: u64) -> Self {
        let per_ms = quota.ticks_per_ms();
        Self { at: now.after(Millis::new(ticks / per_ms)), ticks: ticks % per_ms }
    }

    /// Gives the ticks from `now` to this instant: zero once it has passed.
    fn ticks_ahead(self, quota: Quota, now: UnixMillis) -> u64 {
        if self.at < now {
            return 0;
        }
        let per_ms = quota.ticks_per_ms().get();
        self.at.since(now).get().saturating_mul(per_ms).saturating_add(self.ticks.min(per_ms))
    }
}

/// Whether something may happen, and how matters stand after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it may happen now.
    pub allowed: bool,
    /// What to store. A refusal gives what was read, except where a clock has stepped back: see [`decide`].
    pub tat: Tat,
    /// How many more may happen at this very moment.
    pub remaining: u64,
    /// Time until the next is allowed, to the millisecond; zero if this one is.
    pub retry_after: Millis,
    /// Time until a whole burst is allowed again; from then on the stored TAT means nothing and may be forgotten.
    pub reset: Millis,
}

/// Decides whether something may happen at `now`; `tat` is what the store holds, if anything.
///
/// However often it is asked while the clock runs forward, no span of time sees more than `burst` plus one for every
/// `window / limit` that it lasts. Nothing here fails or overflows, whatever the numbers.
///
/// **A clock that steps back** earns nothing: the TAT stays where it is, and the wait grows by the step. That is
/// what keeps the quota true across several instances whose clocks disagree by less than a window. A TAT further
/// ahead than a burst *and a window* is taken for the trace of a larger step (or of a larger quota) and becomes
/// that of a burst just used up: one interval later things go on. So no step locks anyone out for longer than a
/// window and a burst. The price: clocks that disagree by more than a window, used in turn, do not share a quota.
///
/// **After the year 275760** ([`UnixMillis::LATEST`]) time stands still, so that every TAT stays a number that
/// JavaScript can hold; nothing more is earned then.
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

fn plausible(quota: Quota, owed: u64) -> u64 {
    let burst = quota.burst_ticks();
    if owed > burst.saturating_add(quota.window_ticks()) { burst } else { owed }
}

fn wait(quota: Quota, ticks: u64) -> Millis {
    Millis::new(ticks.div_ceil(quota.ticks_per_ms().get()))
}
