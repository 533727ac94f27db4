import { STATE_NUMBERS, type ImpactFacts } from '../../../../shared/contracts';
import type { SessionColumns } from '../../../../shared/core';

/** The stored sessions in the core's columns. */
export interface StoredSessions {
  columns: SessionColumns;
  rows: readonly number[];
  activeCount: number;
  /** The number of sessions on the server; the columns may hold fewer. */
  total: number;
  nextCleanUpAtMs: number | null;
  /** The time of reading, by the server's clock and by the browser's. */
  readAtMs: number;
  receivedAtMs: number;
}

/** Converts the server's facts into the core's arrays. */
export function storedSessionsFrom(facts: ImpactFacts, receivedAtMs: number): StoredSessions {
  const { columns, total, nextCleanUpAtMs, readAtMs } = facts;
  return {
    columns: {
      states: Uint8Array.from(columns.states),
      loggedInAtMs: Float64Array.from(columns.loggedInAtMs),
      lastSeenAtMs: Float64Array.from(columns.lastSeenAtMs),
      terminatedAtMs: Float64Array.from(columns.terminatedAtMs),
      keepUntilMs: Float64Array.from(columns.keepUntilMs),
    },
    rows: columns.rows,
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
