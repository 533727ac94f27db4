import type { TerminationReason } from '../../../../shared/contracts';
import {
  EVERYONE,
  writtenSince,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import type { Elapsed } from '../../stores/database/sessions/session-store';

/** The longest delay between writing a not-before instant and its commit, in milliseconds. */
const OVERLAP_MS = 60_000;

/** Terminates the rows of sessions before not-before instants, for lists and limits to show it. */
export type NotBeforeSweep = (nowMs: number, terminateElapsed: TerminateElapsed) => Promise<void>;

/** Terminates elapsed sessions. */
export type TerminateElapsed = (elapsed: Elapsed, reason: TerminationReason) => Promise<void>;

/** Creates the sweep; the first run processes all not-before instants, later runs the new ones. */
export function createNotBeforeSweep(notBefores: NotBeforeStore): NotBeforeSweep {
  let sweptUpToMs = 0;

  return async (nowMs, terminateElapsed) => {
    for await (const { userId, atMs, reason } of writtenSince(
      notBefores,
      sweptUpToMs - OVERLAP_MS,
    )) {
      // A session that began at the instant itself is not terminated.
      const begun = { field: 'loggedInAtMs', atOrBeforeMs: atMs - 1 } as const;
      await terminateElapsed(userId === EVERYONE ? begun : { ...begun, userId }, reason);
    }
    sweptUpToMs = nowMs;
  };
}
