import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';
import { batchesOf } from '../sql/batches';
import { COLUMNS, type Confirmation, type RawRow } from './session-row';
import { tableOf } from '../sql/table';

/** A stored termination; the instant is by the clock of the instance that wrote it. */
export interface TerminationRecord extends Confirmation {
  terminatedAtMs: number;
}

/** The polled queries of the termination feed; each takes a few statements for all sessions. */
export interface FeedStore {
  /** Returns one page of the sessions terminated at `fromMs` or later, in order, after `after`. */
  terminations(fromMs: number, after: TerminationRecord | null): Promise<TerminationRecord[]>;
  /** Returns the current facts of sessions; sessions without a row are missing from the result. */
  confirmations(sessionIds: string[]): Promise<Confirmation[]>;
}

/** The number of terminations per page. */
export const PAGE_SIZE = 1000;

const FACTS = [
  COLUMNS.sessionId,
  COLUMNS.state,
  COLUMNS.reason,
  COLUMNS.lastSeenAtMs,
  COLUMNS.terminatedAtMs,
];

/** Opens the session table for the feed. */
export function createFeedStore(strapi: Strapi): FeedStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');

  return {
    async terminations(fromMs, after) {
      const { terminatedAtMs, sessionId } = COLUMNS;
      const statement = table.query().select(FACTS).where(terminatedAtMs, '>=', fromMs);
      if (after) void statement.where(laterThan(after));
      const page = statement.orderBy([terminatedAtMs, sessionId]).limit(PAGE_SIZE);
      return (await table.run<RawRow[]>(page)).map(terminationFrom);
    },

    async confirmations(sessionIds) {
      const found: Confirmation[] = [];
      for (const batch of batchesOf(sessionIds)) {
        const statement = table.query().select(FACTS).whereIn(COLUMNS.sessionId, batch);
        found.push(...(await table.run<RawRow[]>(statement)).map(terminationFrom));
      }
      return found;
    },
  };
}

const laterThan = (termination: TerminationRecord) => (where: Knex.QueryBuilder) => {
  const { terminatedAtMs, sessionId } = COLUMNS;
  void where.where(terminatedAtMs, '>', termination.terminatedAtMs).orWhere((same) => {
    void same
      .where(terminatedAtMs, termination.terminatedAtMs)
      .where(sessionId, '>', termination.sessionId);
  });
};

/** Only `toColumns` writes the session table, so the casts hold. */
function terminationFrom(raw: RawRow): TerminationRecord {
  return {
    sessionId: String(raw.session_id),
    state: raw.state as TerminationRecord['state'],
    reason: raw.reason as TerminationRecord['reason'],
    lastSeenAtMs: Number(raw.last_seen_at_ms),
    terminatedAtMs: Number(raw.terminated_at_ms),
  };
}
