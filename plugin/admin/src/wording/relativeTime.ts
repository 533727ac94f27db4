/** A distance in time as `Intl.RelativeTimeFormat` takes it; negative values lie in the past. */
export interface RelativeDistance {
  value: number;
  unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

/** A moment nearer than this counts as now. Rows of busy sessions would flicker otherwise. */
const NOW_MS = 10 * SECOND_MS;

/**
 * Gives the age of a moment, in the largest unit that fits, rounded down.
 *
 * The future counts as now: it only occurs if two clocks differ.
 */
export function distanceToNow(momentMs: number, nowMs: number): RelativeDistance {
  const agoMs = nowMs - momentMs;
  if (agoMs < NOW_MS) {
    return { value: 0, unit: 'second' };
  }
  if (agoMs < MINUTE_MS) {
    return { value: -Math.floor(agoMs / SECOND_MS), unit: 'second' };
  }
  if (agoMs < HOUR_MS) {
    return { value: -Math.floor(agoMs / MINUTE_MS), unit: 'minute' };
  }
  if (agoMs < DAY_MS) {
    return { value: -Math.floor(agoMs / HOUR_MS), unit: 'hour' };
  }
  if (agoMs < MONTH_MS) {
    return { value: -Math.floor(agoMs / DAY_MS), unit: 'day' };
  }
  if (agoMs < YEAR_MS) {
    return { value: -Math.floor(agoMs / MONTH_MS), unit: 'month' };
  }
  return { value: -Math.floor(agoMs / YEAR_MS), unit: 'year' };
}

/** Gives the time until a moment, in the same units; the past counts as now. */
export function distanceUntil(momentMs: number, nowMs: number): RelativeDistance {
  const { value, unit } = distanceToNow(nowMs, momentMs);
  return { value: Math.abs(value), unit };
}
