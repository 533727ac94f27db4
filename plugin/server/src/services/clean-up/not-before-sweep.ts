import type { TerminationReason } from '../../../../shared/contracts';
import type { CoreApi, SweepTurn } from '../../../../shared/core';
import {
  EVERYONE,
  writtenSince,
  type NotBefore,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import type { Elapsed } from '../../stores/database/sessions/session-store';

/** The longest delay between writing a not-before instant and its commit, in milliseconds. */
const OVERLAP_MS = 60_000;

/**
 * Terminates the rows of sessions before not-before instants, and of logins that missed a
 * revocation, for lists and limits to show it.
 */
export type NotBeforeSweep = (at: SweepTimes, terminateElapsed: TerminateElapsed) => Promise<void>;

/** The times of a sweep, in Unix milliseconds. */
export interface SweepTimes {
  nowMs: number;
  /** Revocations written at or before it terminate by their instant alone; `null` for none. */
  knownBeforeMs: number | null;
}

/** The used functions of the core. */
export type SweepRules = Pick<CoreApi, 'SweepTurn' | 'sweepTurn'>;

/** Terminates elapsed sessions. */
export type TerminateElapsed = (elapsed: Elapsed, reason: TerminationReason) => Promise<void>;

/**
 * Creates the sweep; the first run processes all rows, later runs the new ones. The core decides on
 * their order.
 */
export function createNotBeforeSweep(
  notBefores: NotBeforeStore,
  { SweepTurn, sweepTurn }: SweepRules,
): NotBeforeSweep {
  let sweptUpToMs = 0;

  /** Yields the rows with a value, in the order of their turns. */
  async function* byValue(
    fromMs: number,
    valueOf: (row: NotBefore) => number,
  ): AsyncGenerator<NotBefore> {
    let everyone: NotBefore | null = null;
    for await (const row of writtenSince(notBefores, fromMs)) {
      // The row of everyone is read first.
      if (row.userId === EVERYONE) everyone = valueOf(row) > 0 ? row : null;
      else if (turnOf(row, everyone) === SweepTurn.Before) yield row;
    }
    if (!everyone) return;
    yield everyone;
    for await (const row of writtenSince(notBefores, fromMs)) {
      if (row.userId !== EVERYONE && turnOf(row, everyone) === SweepTurn.After) yield row;
    }

    function turnOf(row: NotBefore, ofEveryone: NotBefore | null): SweepTurn {
      return sweepTurn(valueOf(row), ofEveryone ? valueOf(ofEveryone) : 0);
    }
  }

  return async ({ nowMs, knownBeforeMs }, terminateElapsed) => {
    const fromMs = sweptUpToMs - OVERLAP_MS;
    const whose = ({ userId }: NotBefore): Pick<Elapsed, 'userId'> =>
      userId === EVERYONE ? {} : { userId };
    const numberOf = ({ revocation, writtenAtMs }: NotBefore): number =>
      writtenAtMs > (knownBeforeMs ?? 0) ? revocation : 0;
    for await (const row of byValue(fromMs, numberOf)) {
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
