import { STATE_NUMBERS } from '../../../../shared/contracts';
import type { SessionColumns, Settings } from '../../../../shared/core';
import type { LoadedCore } from '../../core/useCore';
import type { StoredSessions } from './storedSessions';

/** What settings do to stored sessions: the places of those concerned, newest first. */
export interface Impact {
  becomeInactive: number[];
  end: number[];
  /** Deleted by the next planned clean-up. */
  deleted: number[];
}

/** Judged at one go: few enough that nobody notices, whatever the computer. */
const SLICE = 10_000;

/** Lets the browser draw and listen to the keyboard. */
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/**
 * Has the core judge the stored sessions under some settings, slice by slice.
 *
 * The sessions that end or become inactive do so with the sweep at `nowMs`; what the next planned
 * clean-up deletes may have ended in that sweep.
 *
 * @param isOutdated is asked before each slice; once it says so, `null` is the answer.
 */
export async function impactOf(
  core: LoadedCore,
  settings: Settings,
  sessions: StoredSessions,
  nowMs: number,
  isOutdated: () => boolean,
): Promise<Impact | null> {
  const impact: Impact = { becomeInactive: [], end: [], deleted: [] };
  const { columns, nextCleanUpAtMs } = sessions;
  for (let start = 0; start < columns.states.length; start += SLICE) {
    await nextTurn();
    if (isOutdated()) {
      return null;
    }
    const slice = sliceOf(columns, start, start + SLICE);
    const swept = core.impact(settings, slice, nowMs);
    const ended = [...swept.terminatedAsExpired, ...swept.terminatedAsIdle].sort(
      (one, other) => one - other,
    );
    for (const place of swept.becomeInactive) {
      impact.becomeInactive.push(start + place);
    }
    for (const place of ended) {
      impact.end.push(start + place);
    }
    if (nextCleanUpAtMs !== null) {
      const { deleted } = core.impact(settings, withEnded(slice, ended, nowMs), nextCleanUpAtMs);
      for (const place of deleted) {
        if ((sessions.keepUntilMs[start + place] ?? 0) < nextCleanUpAtMs) {
          impact.deleted.push(start + place);
        }
      }
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
  };
}

function withEnded(
  columns: SessionColumns,
  ended: readonly number[],
  atMs: number,
): SessionColumns {
  const states = columns.states.slice();
  const terminatedAtMs = columns.terminatedAtMs.slice();
  for (const place of ended) {
    states[place] = STATE_NUMBERS.terminated;
    terminatedAtMs[place] = atMs;
  }
  return { ...columns, states, terminatedAtMs };
}
