import type { TerminationReason } from '../../../../shared/contracts';
import {
  EVERYONE,
  writtenSince,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import type { Elapsed } from '../../stores/database/sessions/session-store';

/** An instant may be committed this much later than it was written, in milliseconds. */
const OVERLAP_MS = 60_000;

/** Writes down what not-before instants have ended, so that lists and limits show it. */
export type NotBeforeSweep = (nowMs: number, terminateElapsed: TerminateElapsed) => Promise<void>;

/** Ends what began or was seen at an instant or before. */
export type TerminateElapsed = (elapsed: Elapsed, reason: TerminationReason) => Promise<void>;

/** Makes the sweep; its first run takes every instant, the others those written since. */
export function createNotBeforeSweep(notBefores: NotBeforeStore): NotBeforeSweep {
  let sweptUpToMs = 0;

  return async (nowMs, terminateElapsed) => {
    for await (const { userId, atMs, reason } of writtenSince(
      notBefores,
      sweptUpToMs - OVERLAP_MS,
    )) {
      // Before the instant, not at it.
      const begun = { field: 'loggedInAtMs', atOrBeforeMs: atMs - 1 } as const;
      await terminateElapsed(userId === EVERYONE ? begun : { ...begun, userId }, reason);
    }
    sweptUpToMs = nowMs;
  };
}
