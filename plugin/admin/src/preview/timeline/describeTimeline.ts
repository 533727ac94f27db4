import type { SessionState } from '../../../../shared/contracts';
import type { TimelineSession } from '../../../../shared/core';

/** Something that happens to a session, at an instant in Unix milliseconds. */
export type TimelineEntry =
  | { atMs: number; kind: 'login' | 'inactive' | 'back' | 'ended' | 'deleted' }
  | { atMs: number; kind: 'refused'; count: number }
  /** What happens in between is left out. */
  | { atMs: number; kind: 'more'; count: number };

/** How many entries are told from the beginning, and from the end, of a long story. */
const FIRST = 6;
const LAST = 3;

/** Tells what happens to a session, in order. */
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
  active: 'back',
  inactive: 'inactive',
  terminated: 'ended',
} as const satisfies Record<SessionState, TimelineEntry['kind']>;

function shortened(story: TimelineEntry[]): TimelineEntry[] {
  const between = story.slice(FIRST, -LAST);
  const [next] = between;
  if (next === undefined || between.length < 2) {
    return story;
  }
  const more: TimelineEntry = { atMs: next.atMs, kind: 'more', count: between.length };
  return [...story.slice(0, FIRST), more, ...story.slice(-LAST)];
}
