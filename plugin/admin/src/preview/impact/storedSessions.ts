import { STATE_NUMBERS, type ImpactFacts } from '../../../../shared/contracts';
import type { SessionColumns } from '../../../../shared/core';

/** The stored sessions as the core takes them, with what else decides about their deletion. */
export interface StoredSessions {
  columns: SessionColumns;
  rows: readonly number[];
  keepUntilMs: readonly number[];
  activeCount: number;
  /** How many there are on the server; the columns may hold less. */
  total: number;
  nextCleanUpAtMs: number | null;
  /** When they were read, by the server's clock and by the browser's. */
  readAtMs: number;
  receivedAtMs: number;
}

/** Puts the server's facts into the arrays that the core takes. */
export function storedSessionsFrom(facts: ImpactFacts, receivedAtMs: number): StoredSessions {
  const { columns, total, nextCleanUpAtMs, readAtMs } = facts;
  return {
    columns: {
      states: Uint8Array.from(columns.states),
      loggedInAtMs: Float64Array.from(columns.loggedInAtMs),
      lastSeenAtMs: Float64Array.from(columns.lastSeenAtMs),
      terminatedAtMs: Float64Array.from(columns.terminatedAtMs),
    },
    rows: columns.rows,
    keepUntilMs: columns.keepUntilMs,
    activeCount: columns.states.filter((state) => state === STATE_NUMBERS.active).length,
    total,
    nextCleanUpAtMs,
    readAtMs,
    receivedAtMs,
  };
}

/** Gives the server's time at an instant of the browser's. */
export function serverTimeMs(sessions: StoredSessions, browserNowMs: number): number {
  return sessions.readAtMs + Math.max(0, browserNowMs - sessions.receivedAtMs);
}
