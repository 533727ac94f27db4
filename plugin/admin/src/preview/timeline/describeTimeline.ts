import type { SessionState } from '../../../../shared/contracts';
import type { TimelineSession } from '../../../../shared/core';

/** An event of a session, at an instant in Unix milliseconds. */
export type TimelineEntry =
  | { atMs: number; kind: 'login' | 'inactive' | 'reactivated' | 'terminated' | 'deleted' }
  | { atMs: number; kind: 'refused'; count: number }
  /** A number of entries that are left out. */
  | { atMs: number; kind: 'more'; count: number };

/** The entries that a long description keeps from its beginning and from its end. */
const FIRST = 6;
const LAST = 3;

/** Describes the events of a session, in order. */
export function describeTimeline({ spans, refusals }: TimelineSession): TimelineEntry[] {
  const changes = spans.map(({ state, fromMs }, place): TimelineEntry => {
    return { atMs: fromMs, kind: place === 0 ? 'login' : KINDS[state] };
  });
  const refused = refusals.map(({ fromMs, count }): TimelineEntry => ({
    atMs: fromMs,
    kind: 'refused',
    count,
  }));
  const end = spans.at(-1)?.untilMs ?? null;
  const deleted: TimelineEntry[] = end === null ? [] : [{ atMs: end, kind: 'deleted' }];
  const all = [...changes, ...refused, ...deleted].sort((one, other) => one.atMs - other.atMs);
  return shortened(all);
}

const KINDS = {
  active: 'reactivated',
  inactive: 'inactive',
  terminated: 'terminated',
} as const satisfies Record<SessionState, TimelineEntry['kind']>;

function shortened(entries: TimelineEntry[]): TimelineEntry[] {
  const between = entries.slice(FIRST, -LAST);
  const [next] = between;
  if (next === undefined || between.length < 2) {
    return entries;
  }
  const more: TimelineEntry = { atMs: next.atMs, kind: 'more', count: between.length };
  return [...entries.slice(0, FIRST), more, ...entries.slice(-LAST)];
}
