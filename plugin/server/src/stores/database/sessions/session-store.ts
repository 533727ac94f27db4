import type { Knex } from 'knex';
import { LIVE_STATES, type TerminationReason } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { batchesOf, sweepSizesOf } from '../sql/batches';
import { MAX_COMMIT_DELAY_MS, timelyWrite } from '../sql/timely-write';
import { COLUMNS, fromColumns, toColumns, type RawRow, type SessionRow } from './session-row';
import { tableOf, type Table } from '../sql/table';

/** When a session was last seen. */
export interface LastSeen {
  sessionId: string;
  lastSeenAtMs: number;
}

/** A session that has not ended. */
export type LiveSession = Pick<SessionRow, 'sessionId' | 'loggedInAtMs' | 'lastSeenAtMs'>;

/** Which live sessions time has ended: those whose `field` is at or before an instant. */
export interface Elapsed {
  field: 'lastSeenAtMs' | 'loggedInAtMs';
  atOrBeforeMs: number;
  /** Whose sessions; everyone's where it is missing. */
  userId?: number;
}

/** A session and whose it is. */
export type OwnedSession = Pick<SessionRow, 'sessionId' | 'userId'>;

/** What came of marking a batch. */
export interface MarkedIdle {
  marked: number;
  /** Up to when none is left to be marked, in Unix milliseconds; of that instant itself there may be. */
  reachedMs: number;
}

/** A batch of sessions to be deleted. */
export interface Purgeable {
  sessionIds: string[];
  /** Up to when none else is left to be named, as in {@link MarkedIdle}. */
  reachedMs: number;
}

/** The sessions in the database, which is the truth about them. */
export interface SessionStore {
  /** Writes a new session; rejects when its id exists. */
  insert(row: SessionRow): Promise<void>;
  /** Writes a session unless its id exists. */
  insertIfAbsent(row: SessionRow): Promise<void>;
  find(sessionId: string): Promise<SessionRow | null>;
  liveIdsOfUser(userId: number): Promise<string[]>;
  /** Lists the sessions of a user that have not ended, the one that began first first. */
  liveOfUser(userId: number): Promise<LiveSession[]>;
  /**
   * Ends the sessions of the ids that have not ended yet, and gives those; first reasons stay.
   *
   * Outside of transactions each end is committed soon after the instant written with it, however
   * long that takes.
   */
  terminate(
    sessionIds: readonly string[],
    reason: TerminationReason,
    now: () => number,
  ): Promise<OwnedSession[]>;
  /**
   * Dates an end anew that may have been committed too late for other instances to look for it, by a
   * writer that was killed before it could; older ones and fresh ones stay as they are.
   */
  restamp(sessionId: string, nowMs: number): Promise<void>;
  /** Replaces sealed tokens of a session that has not ended; false when it has, or is unknown. */
  saveTokens(
    sessionId: string,
    tokens: Partial<Pick<SessionRow, 'accessToken' | 'refreshToken'>>,
  ): Promise<boolean>;
  /** Moves last seen forward, never back, and makes inactive sessions active; ended ones stay. */
  touch(batch: LastSeen[]): Promise<void>;
  /** Marks a batch of the sessions last seen between two instants inactive, those that rest longest. */
  markIdle(seen: { fromMs: number; toMs: number }): Promise<MarkedIdle>;
  /** Ends a batch of sessions that time has ended, and gives those that did end; dated as above. */
  terminateElapsed(
    elapsed: Elapsed,
    reason: TerminationReason,
    now: () => number,
  ): Promise<OwnedSession[]>;
  /** Names a batch of sessions that ended between two instants and need not be kept longer, oldest first. */
  purgeable(terminated: { fromMs: number; toMs: number }, nowMs: number): Promise<Purgeable>;
  /** Deletes ended sessions. */
  remove(sessionIds: string[]): Promise<void>;
}

/** No statement waits longer for a lock, in milliseconds. */
const MAX_WRITE_MS = 10 * 60_000;

/** Opens the session table. */
export function createSessionStore(strapi: Strapi): SessionStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const sizes = sweepSizesOf(strapi);
  const live = (): Knex.QueryBuilder =>
    table.query().whereNot(COLUMNS.state, 'terminated' satisfies SessionRow['state']);

  /** Names rows so that a database looks these up, and not by the index all that are as old. */
  const still = (rows: number[], sign: '=' | '<>', state: SessionRow['state']): Knex.QueryBuilder =>
    table
      .query()
      .whereIn('id', rows)
      .whereRaw(`coalesce(??, '') ${sign} ?`, [COLUMNS.state, state]);
  const ownedOf = async (statement: Knex.QueryBuilder): Promise<OwnedSession[]> => {
    const rows = await table.run<RawRow[]>(statement.select(OWNED_COLUMNS));
    return rows.map(ownedFrom);
  };

  /** Ends what is `alive` of some sessions, and gives what it has ended. */
  const end = async (
    alive: Knex.QueryBuilder,
    those: () => Knex.QueryBuilder,
    reason: TerminationReason,
    now: () => number,
  ): Promise<OwnedSession[]> => {
    let terminated = terminatedColumns(reason, now());
    const changed = await timelyWrite(
      () => table.run<number>(alive.update(terminated)),
      async () => {
        const anew = terminatedColumns(reason, now());
        await table.run(those().where(terminated).update(anew));
        terminated = anew;
      },
    );
    return changed === 0 ? [] : await ownedOf(those().where(terminated));
  };

  return {
    async insert(row) {
      await table.run(table.query().insert(toColumns(row)));
    },

    async insertIfAbsent(row) {
      const insert = table.query().insert(toColumns(row));
      await table.run(insert.onConflict(COLUMNS.sessionId).ignore());
    },

    async find(sessionId) {
      // An id of a request's path may hold what PostgreSQL takes in no text.
      if (sessionId.includes('\0')) return null;
      const raw = await table.run<RawRow | undefined>(
        table.query().where(COLUMNS.sessionId, sessionId).first(),
      );
      // MySQL finds an id that is spelled otherwise, too.
      return raw?.[COLUMNS.sessionId] === sessionId ? fromColumns(raw) : null;
    },

    async liveIdsOfUser(userId) {
      return await table.run(live().where(COLUMNS.userId, userId).pluck(COLUMNS.sessionId));
    },

    async liveOfUser(userId) {
      const rows = await table.run<RawRow[]>(
        live()
          .where(COLUMNS.userId, userId)
          .orderBy([COLUMNS.loggedInAtMs, COLUMNS.sessionId])
          .select(COLUMNS.sessionId, COLUMNS.loggedInAtMs, COLUMNS.lastSeenAtMs),
      );
      return rows.map((row) => ({
        sessionId: String(row.session_id),
        loggedInAtMs: Number(row.logged_in_at_ms),
        lastSeenAtMs: Number(row.last_seen_at_ms),
      }));
    },

    async terminate(sessionIds, reason, now) {
      const owned: OwnedSession[] = [];
      for (const batch of batchesOf(sessionIds)) {
        const those = (): Knex.QueryBuilder => table.query().whereIn(COLUMNS.sessionId, batch);
        const alive = live().whereIn(COLUMNS.sessionId, batch);
        owned.push(...(await end(alive, those, reason, now)));
      }
      return owned;
    },

    async restamp(sessionId, nowMs) {
      const { terminatedAtMs } = COLUMNS;
      const doubtful = table
        .query()
        .where(COLUMNS.sessionId, sessionId)
        .whereBetween(terminatedAtMs, [nowMs - MAX_WRITE_MS, nowMs - MAX_COMMIT_DELAY_MS]);
      await table.run(doubtful.update({ [terminatedAtMs]: nowMs }));
    },

    async saveTokens(sessionId, tokens) {
      const columns = Object.fromEntries(
        Object.entries(tokens).map(([field, value]) => [COLUMNS[field as keyof SessionRow], value]),
      );
      const changed = await table.run<number>(
        live().where(COLUMNS.sessionId, sessionId).update(columns),
      );
      return changed > 0;
    },

    async touch(batch) {
      for (const part of batchesOf(batch)) {
        await table.run(touchStatement(table, live(), part));
      }
    },

    async markIdle({ fromMs, toMs }) {
      const { state, lastSeenAtMs } = COLUMNS;
      const active: SessionRow['state'] = 'active';
      const resting = table.query().where(state, active).whereBetween(lastSeenAtMs, [fromMs, toMs]);
      const batch = resting.orderBy(lastSeenAtMs).limit(sizes.aged).select('id', lastSeenAtMs);
      const found = await table.run<{ id: number; last_seen_at_ms: number | string }[]>(batch);
      const last = found.at(-1);
      if (!last) return { marked: 0, reachedMs: toMs };
      const ids = found.map(({ id }) => id);
      // Asked again: one of them may have been seen meanwhile.
      const idle = still(ids, '=', active).where(lastSeenAtMs, '<=', toMs);
      const inactive = { [state]: 'inactive' satisfies SessionRow['state'] };
      const marked = await table.run<number>(idle.update(inactive));
      return { marked, reachedMs: Number(last.last_seen_at_ms) };
    },

    async terminateElapsed({ field, atOrBeforeMs, userId }, reason, now) {
      const whose = userId === undefined ? {} : { [COLUMNS.userId]: userId };
      const elapsed = (statement: Knex.QueryBuilder): Knex.QueryBuilder =>
        statement.where(whose).where(COLUMNS[field], '<=', atOrBeforeMs);
      const batch = elapsed(table.query().whereIn(COLUMNS.state, LIVE_STATES)).limit(sizes.aged);
      const rows = await table.run<number[]>(batch.pluck('id'));
      if (rows.length === 0) return [];
      // Some of them may have been seen, or ended otherwise, meanwhile.
      const those = (): Knex.QueryBuilder => table.query().whereIn('id', rows);
      return await end(elapsed(still(rows, '<>', 'terminated')), those, reason, now);
    },

    async purgeable({ fromMs, toMs }, nowMs) {
      const { sessionId, terminatedAtMs, keepUntilMs } = COLUMNS;
      const old = table
        .query()
        .whereBetween(terminatedAtMs, [fromMs, toMs])
        .where((kept) => {
          void kept.whereNull(keepUntilMs).orWhere(keepUntilMs, '<', nowMs);
        });
      const batch = old.orderBy(terminatedAtMs).limit(sizes.deleted);
      const found = await table.run<RawRow[]>(batch.select(sessionId, terminatedAtMs));
      return {
        sessionIds: found.map((row) => String(row.session_id)),
        reachedMs: Number(found.at(-1)?.terminated_at_ms ?? toMs),
      };
    },

    async remove(sessionIds) {
      await table.run(table.query().whereIn(COLUMNS.sessionId, sessionIds).delete());
    },
  };
}

const OWNED_COLUMNS = [COLUMNS.sessionId, COLUMNS.userId];

function ownedFrom(raw: RawRow): OwnedSession {
  return { sessionId: String(raw.session_id), userId: Number(raw.user_id) };
}

function terminatedColumns(reason: TerminationReason, atMs: number): Record<string, unknown> {
  return {
    [COLUMNS.state]: 'terminated' satisfies SessionRow['state'],
    [COLUMNS.reason]: reason,
    [COLUMNS.terminatedAtMs]: atMs,
  };
}

/** One statement for many sessions, each with its own instant. */
function touchStatement(
  table: Table,
  live: Knex.QueryBuilder,
  batch: LastSeen[],
): Knex.QueryBuilder {
  const newest = 'case when ?? > ? then ?? else ? end';
  const cases = batch.map(() => `when ? then ${newest}`).join(' ');
  const column = COLUMNS.lastSeenAtMs;
  const bindings = batch.flatMap(({ sessionId, lastSeenAtMs: at }) => {
    return [sessionId, column, at, column, at];
  });
  return live
    .whereIn(
      COLUMNS.sessionId,
      batch.map(({ sessionId }) => sessionId),
    )
    .update({
      [COLUMNS.lastSeenAtMs]: table.raw(`case ?? ${cases} end`, [COLUMNS.sessionId, ...bindings]),
      [COLUMNS.state]: 'active',
    });
}
