import { SHOWN } from './sampleDay';

/**
 * The part of the width that shows the two days. The rest shows later states, not to scale; a narrow
 * timeline gives it a larger part.
 */
const DAYS_SHARE = { wide: 0.7, narrow: 0.6, wideFrom: 360 } as const;

/** Room at either end, to cut nothing off at the edge. */
const MARGIN = 12;

/** Places on a timeline, in pixels. */
export interface TimelineScale {
  left: number;
  /** Where the two days end and later begins. */
  daysEnd: number;
  right: number;
  /** The place of a minute of the two days. */
  xOf: (minutes: number) => number;
  /** The minute at a place. */
  minutesOf: (x: number) => number;
}

/** Gives the scale of a timeline of a width, in pixels. */
export function timelineScale(width: number): TimelineScale {
  const left = MARGIN;
  const right = Math.max(width - MARGIN, left + 1);
  const daysEnd =
    left + (right - left) * (width < DAYS_SHARE.wideFrom ? DAYS_SHARE.narrow : DAYS_SHARE.wide);
  const perMinute = (daysEnd - left) / (SHOWN.to - SHOWN.from);
  return {
    left,
    daysEnd,
    right,
    xOf: (minutes) => left + (minutes - SHOWN.from) * perMinute,
    minutesOf: (x) => SHOWN.from + (x - left) / perMinute,
  };
}
