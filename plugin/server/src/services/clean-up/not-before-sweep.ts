import type { TerminationReason } from '../../../../shared/contracts';
import {
  EVERYONE,
  writtenSince,
  type NotBefore,
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

/** Creates the sweep; the first run processes all rows, later runs the new ones. */
export function createNotBeforeSweep(notBefores: NotBeforeStore): NotBeforeSweep {
  let sweptUpToMs = 0;

  /**
   * Yields the rows with a value, and the row of everyone before those with a lower one. A session
   * that several rows terminate gets the reason of the highest, as by a request.
   */
  async function* byValue(
    fromMs: number,
    valueOf: (row: NotBefore) => number,
  ): AsyncGenerator<NotBefore> {
    let everyone: NotBefore | null = null;
    for await (const row of writtenSince(notBefores, fromMs)) {
      // The row of everyone comes first.
      if (row.userId === EVERYONE && valueOf(row) > 0) everyone = row;
      else if (valueOf(row) > 0 && valueOf(row) >= (everyone ? valueOf(everyone) : 0)) yield row;
    }
    if (!everyone) return;
    yield everyone;
    for await (const row of writtenSince(notBefores, fromMs)) {
      const isLower = valueOf(row) > 0 && valueOf(row) < valueOf(everyone);
      if (isLower && row.userId !== EVERYONE) yield row;
    }
  }

  return async (nowMs, terminateElapsed) => {
    const fromMs = sweptUpToMs - OVERLAP_MS;
    const whose = ({ userId }: NotBefore): Pick<Elapsed, 'userId'> =>
      userId === EVERYONE ? {} : { userId };
    const isRecent = ({ writtenAtMs }: NotBefore): boolean => nowMs - writtenAtMs < LOGIN_MS;
    const recentRevocation = (row: NotBefore): number => (isRecent(row) ? row.revocation : 0);
    for await (const row of byValue(fromMs, recentRevocation)) {
      const missed = { ...whose(row), field: 'knownRevocation', upTo: row.revocation - 1 } as const;
      await terminateElapsed(missed, row.revocationReason);
    }
    for await (const row of byValue(fromMs, ({ atMs }) => atMs)) {
      // A session that began at the instant itself is not terminated.
      await terminateElapsed(
        { ...whose(row), field: 'loggedInAtMs', upTo: row.atMs - 1 },
        row.reason,
      );
    }
    sweptUpToMs = nowMs;
  };
}
