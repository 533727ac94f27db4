import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';
import { batchesOf } from '../sql/batches';
import { COLUMNS, PROVISIONAL, type Confirmation, type RawRow } from './session-row';
import { tableOf } from '../sql/table';
import type { TerminationIds } from './termination-ids';

/** The stored facts of a session; the instant is by the clock of the instance that wrote it. */
export interface SessionRecord extends Confirmation {
  userId: number;
  /** 0 while the session is live. */
  terminatedAtMs: number;
  /** Whether this process terminated it and announces that by itself. */
  isOwn: boolean;
  /** Whether this process terminated it without learning of the commit, and announced nothing. */
  isDoubted: boolean;
}

/** A position in the order of terminations. */
export type Position = Pick<SessionRecord, 'terminatedAtMs' | 'sessionId'>;

/** The polled queries of the termination feed; each takes a few statements for all sessions. */
export interface FeedStore {
  /** Returns one page of the sessions terminated at `fromMs` or later, in order, after `after`. */
  terminations(fromMs: number, after: Position | null): Promise<SessionRecord[]>;
  /** Returns the current facts of sessions; sessions without a row are missing from the result. */
  confirmations(sessionIds: readonly string[]): Promise<SessionRecord[]>;
}

/** The number of terminations per page. */
export const PAGE_SIZE = 1000;

const FACTS = [
  COLUMNS.sessionId,
  COLUMNS.userId,
  COLUMNS.state,
  COLUMNS.reason,
  COLUMNS.lastSeenAtMs,
  COLUMNS.terminatedAtMs,
  COLUMNS.terminationId,
];

/** Opens the session table for the feed. */
export function createFeedStore(strapi: Strapi, terminationIds: TerminationIds): FeedStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');

  /** Only `toColumns` writes the session table, so the casts hold. */
  const recordFrom = (raw: RawRow): SessionRecord => ({
    sessionId: String(raw.session_id),
    userId: Number(raw.user_id),
    state: raw.state as SessionRecord['state'],
    reason: raw.reason as SessionRecord['reason'],
    lastSeenAtMs: Number(raw.last_seen_at_ms),
    terminatedAtMs: Number(raw.terminated_at_ms),
    isOwn: terminationIds.isOwn(raw.termination_id as string | null),
    isDoubted: terminationIds.isDoubted(raw.termination_id as string | null),
  });

  return {
    async terminations(fromMs, after) {
      const { terminatedAtMs, sessionId } = COLUMNS;
      const statement = table.query().select(FACTS).where(terminatedAtMs, '>=', fromMs);
      if (after) void statement.where(laterThan(after));
      const page = statement.orderBy([terminatedAtMs, sessionId]).limit(PAGE_SIZE);
      return (await table.runInBackground<RawRow[]>(page)).map(recordFrom);
    },

    async confirmations(sessionIds) {
      const found: SessionRecord[] = [];
      for (const batch of batchesOf(sessionIds)) {
        const begun = table.query().whereNot(COLUMNS.state, PROVISIONAL);
        const statement = begun.select(FACTS).whereIn(COLUMNS.sessionId, batch);
        found.push(...(await table.runInBackground<RawRow[]>(statement)).map(recordFrom));
      }
      return found;
    },
  };
}

const laterThan = (termination: Position) => (where: Knex.QueryBuilder) => {
  const { terminatedAtMs, sessionId } = COLUMNS;
  void where.where(terminatedAtMs, '>', termination.terminatedAtMs).orWhere((same) => {
    void same
      .where(terminatedAtMs, termination.terminatedAtMs)
      .where(sessionId, '>', termination.sessionId);
  });
};
