import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';
import { batchesOf } from '../sql/batches';
import { COLUMNS, type Confirmation, type RawRow } from './session-row';
import { tableOf } from '../sql/table';

/** A termination as the database has it; the instant is by the clock of whoever wrote it. */
export interface TerminationRecord extends Confirmation {
  terminatedAtMs: number;
}

/** What an instance asks of the sessions again and again, each a few statements for all of them. */
export interface FeedStore {
  /** Gives one page of the sessions that ended at an instant or later, in order, after the last one known. */
  terminations(fromMs: number, after: TerminationRecord | null): Promise<TerminationRecord[]>;
  /** Says how sessions stand; those without a row are missing from the answer. */
  confirmations(sessionIds: string[]): Promise<Confirmation[]>;
}

/** How many endings a page holds. */
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
      return (await table.run<RawRow[]>(page)).map(endingFrom);
    },

    async confirmations(sessionIds) {
      const found: Confirmation[] = [];
      for (const batch of batchesOf(sessionIds)) {
        const statement = table.query().select(FACTS).whereIn(COLUMNS.sessionId, batch);
        found.push(...(await table.run<RawRow[]>(statement)).map(endingFrom));
      }
      return found;
    },
  };
}

const laterThan = (ending: TerminationRecord) => (where: Knex.QueryBuilder) => {
  const { terminatedAtMs, sessionId } = COLUMNS;
  void where.where(terminatedAtMs, '>', ending.terminatedAtMs).orWhere((same) => {
    void same.where(terminatedAtMs, ending.terminatedAtMs).where(sessionId, '>', ending.sessionId);
  });
};

/** The session table is written by `toColumns` only, so the columns are what they are there. */
function endingFrom(raw: RawRow): TerminationRecord {
  return {
    sessionId: String(raw.session_id),
    state: raw.state as TerminationRecord['state'],
    reason: raw.reason as TerminationRecord['reason'],
    lastSeenAtMs: Number(raw.last_seen_at_ms),
    terminatedAtMs: Number(raw.terminated_at_ms),
  };
}
