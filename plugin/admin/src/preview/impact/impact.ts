import type { SessionColumns, Settings } from '../../../../shared/core';
import type { LoadedCore } from '../../core/useCore';
import type { StoredSessions } from './storedSessions';

/** The effect of settings: the indices of the affected sessions, newest first. */
export interface Impact {
  becomeInactive: number[];
  terminated: number[];
  /** Deleted by the next planned clean-up. */
  deleted: number[];
}

/** The sessions of one slice: few enough to keep the page responsive. */
const SLICE = 10_000;

/** Lets the browser draw and handle input. */
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/**
 * Computes the effect of settings on the stored sessions, slice by slice.
 *
 * Sessions are terminated or become inactive in a sweep at `nowMs`. The next planned clean-up may
 * delete sessions that this sweep terminated.
 *
 * @param isOutdated is called before each slice; true stops the work, and the result is `null`.
 */
export async function impactOf(
  core: LoadedCore,
  settings: Settings,
  sessions: StoredSessions,
  nowMs: number,
  isOutdated: () => boolean,
): Promise<Impact | null> {
  const impact: Impact = { becomeInactive: [], terminated: [], deleted: [] };
  const { columns, nextCleanUpAtMs } = sessions;
  for (let start = 0; start < columns.states.length; start += SLICE) {
    await nextTurn();
    if (isOutdated()) {
      return null;
    }
    const { becomeInactive, terminatedAsExpired, terminatedAsIdle, deleted } = core.impact(
      settings,
      sliceOf(columns, start, start + SLICE),
      nowMs,
      nextCleanUpAtMs,
    );
    const terminated = [...terminatedAsExpired, ...terminatedAsIdle].sort(
      (one, other) => one - other,
    );
    for (const place of becomeInactive) {
      impact.becomeInactive.push(start + place);
    }
    for (const place of terminated) {
      impact.terminated.push(start + place);
    }
    for (const place of deleted) {
      impact.deleted.push(start + place);
    }
  }
  return impact;
}

function sliceOf(columns: SessionColumns, from: number, to: number): SessionColumns {
  return {
    states: columns.states.subarray(from, to),
    loggedInAtMs: columns.loggedInAtMs.subarray(from, to),
    lastSeenAtMs: columns.lastSeenAtMs.subarray(from, to),
    terminatedAtMs: columns.terminatedAtMs.subarray(from, to),
    keepUntilMs: columns.keepUntilMs.subarray(from, to),
  };
}
