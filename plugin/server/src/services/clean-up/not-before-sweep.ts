import type { TerminationReason } from '../../../../shared/contracts';
import {
  EVERYONE,
  writtenSince,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import type { Elapsed } from '../../stores/database/sessions/session-store';

/** The longest delay between writing a not-before instant and its commit, in milliseconds. */
const OVERLAP_MS = 60_000;

/** A login is under way for less than this, in milliseconds; older revocations have no rows left. */
const LOGIN_MS = 60 * 60_000;

/**
 * Terminates the rows of sessions before not-before instants, and of logins that missed a
 * revocation, for lists and limits to show it.
 */
export type NotBeforeSweep = (nowMs: number, terminateElapsed: TerminateElapsed) => Promise<void>;

/** Terminates elapsed sessions. */
export type TerminateElapsed = (elapsed: Elapsed, reason: TerminationReason) => Promise<void>;

/** Creates the sweep; the first run processes all instants, later runs the new ones. */
export function createNotBeforeSweep(notBefores: NotBeforeStore): NotBeforeSweep {
  let sweptUpToMs = 0;

  return async (nowMs, terminateElapsed) => {
    for await (const notBefore of writtenSince(notBefores, sweptUpToMs - OVERLAP_MS)) {
      const { atMs, reason, revocation, revocationReason, writtenAtMs } = notBefore;
      const whose = notBefore.userId === EVERYONE ? {} : { userId: notBefore.userId };
      if (atMs > 0) {
        // A session that began at the instant itself is not terminated.
        await terminateElapsed({ ...whose, field: 'loggedInAtMs', upTo: atMs - 1 }, reason);
      }
      if (revocation > 0 && nowMs - writtenAtMs < LOGIN_MS) {
        const missed = { ...whose, field: 'knownRevocation', upTo: revocation - 1 } as const;
        await terminateElapsed(missed, revocationReason);
      }
    }
    sweptUpToMs = nowMs;
  };
}
