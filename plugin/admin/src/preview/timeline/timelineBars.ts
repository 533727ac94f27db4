import type { SessionState } from '../../../../shared/contracts';
import type { TimelineSession } from '../../../../shared/core';
import { instantOf, minutesAt, SHOWN } from './sampleDay';
import type { TimelineScale } from './timelineScale';

/** A state on the timeline, from one place to another; the next one begins at its end. */
export interface TimelineBar {
  state: SessionState;
  from: number;
  to: number;
  /** When it ends, in Unix milliseconds; `null` if never. */
  untilMs: number | null;
  /** Whether its end is within the two days that are drawn to scale. */
  endsNear: boolean;
}

/**
 * Places a session's states: to scale for the two days, and of equal widths after them.
 *
 * A state that lasts beyond the two days has a bar in both parts.
 */
export function timelineBars(
  { spans }: TimelineSession,
  midnightMs: number,
  scale: TimelineScale,
): TimelineBar[] {
  const endMs = instantOf(midnightMs, SHOWN.to);
  const xAt = (ms: number) => scale.xOf(minutesAt(midnightMs, ms));
  const outlasts = (untilMs: number | null) => untilMs === null || untilMs > endMs;

  const near = spans
    .filter(({ fromMs }) => fromMs < endMs)
    .map(({ state, fromMs, untilMs }): TimelineBar => {
      const to = untilMs === null || outlasts(untilMs) ? scale.daysEnd : xAt(untilMs);
      return { state, from: xAt(fromMs), to, untilMs, endsNear: !outlasts(untilMs) };
    });
  const later = spans.filter(({ untilMs }) => outlasts(untilMs));
  const width = (scale.right - scale.daysEnd) / Math.max(later.length, 1);
  const laterBars = later.map(({ state, untilMs }, place): TimelineBar => {
    const from = scale.daysEnd + place * width;
    return { state, from, to: from + width, untilMs, endsNear: false };
  });
  return [...near, ...laterBars];
}
