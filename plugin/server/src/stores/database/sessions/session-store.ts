import type { Knex } from 'knex';
import { LIVE_STATES, type TerminationReason } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { createAfterCommit } from '../sql/after-commit';
import { batchesOf, sweepSizesOf } from '../sql/batches';
import { MAX_COMMIT_DELAY_MS, timelyWrite } from '../sql/timely-write';
import {
  COLUMNS,
  fromColumns,
  PROVISIONAL,
  toColumns,
  type RawRow,
  type SessionRow,
} from './session-row';
import { only } from '../sql/conditions';
import { createOfUsers } from '../sql/of-users';
import { tableOf, type Table } from '../sql/table';
import type { TerminationIds } from './termination-ids';

const DAY_MS = 24 * 60 * 60_000;

/** When a session was last seen. */
export interface LastSeen {
  sessionId: string;
  lastSeenAtMs: number;
}

/** The facts of a live session that its limit depends on. */
export type LiveSession = Pick<
  SessionRow,
  'sessionId' | 'loggedInAtMs' | 'lastSeenAtMs' | 'expiresAtMs'
> & { knownRevocation: number };

/** Selects live sessions by an instant, or by the number of a revocation; both bounds are included. */
export interface Elapsed {
  field: 'lastSeenAtMs' | 'loggedInAtMs' | 'expiresAtMs' | 'knownRevocation';
  /** The smallest number; `null` or missing for any. */
  from?: number | null;
  /** The largest number, likewise. */
  upTo?: number | null;
  /** The user; every user where it is missing. */
  userId?: number;
}

/** A session and its user. */
export type OwnedSession = Pick<SessionRow, 'sessionId' | 'userId'>;

/** Whether a session is terminated, and why. */
export interface SessionEnd {
  isTerminated: boolean;
  reason: TerminationReason | null;
}

/** The result of marking a batch. */
export interface MarkedIdle {
  marked: number;
  /** No session last seen before this instant is left to mark; in Unix milliseconds. */
  reachedMs: number;
}

/** A batch of sessions to delete. */
export interface Purgeable {
  sessionIds: string[];
  /** No other session terminated before this instant is left, in Unix milliseconds. */
  reachedMs: number;
}

/** The sessions in the database, the source of truth. */
export interface SessionStore {
  /** Inserts a new session; rejects when its id exists. */
  insert(row: SessionRow): Promise<void>;
  /** Inserts a session unless its id exists. */
  insertIfAbsent(row: SessionRow): Promise<void>;
  /**
   * Keeps the row of a session at least until an instant, in Unix milliseconds, if it has a date.
   *
   * It is kept a day longer, which saves most of the writes.
   */
  keepUntil(sessionId: string, atMs: number): Promise<void>;
  /** Finds a session that has begun. */
  find(sessionId: string): Promise<SessionRow | null>;
  /** Tells whether a session is terminated, also one that has not begun; `null` if there is none. */
  endOf(sessionId: string): Promise<SessionEnd | null>;
  liveIdsOfUser(userId: number): Promise<string[]>;
  liveIdsOfUsers(userIds: readonly number[]): Promise<string[]>;
  /** Lists the live sessions of a user, oldest login first. */
  liveOfUser(userId: number): Promise<LiveSession[]>;
  /**
   * Terminates the sessions among the ids, begun or not, and returns them; a terminated one keeps its
   * reason.
   *
   * Outside of a transaction each termination is committed within `MAX_COMMIT_DELAY_MS` of its
   * instant; `now` may be called several times for that.
   */
  terminate(
    sessionIds: readonly string[],
    reason: TerminationReason,
    now: () => number,
  ): Promise<OwnedSession[]>;
  /**
   * Restamps a termination that may have been committed too late for other instances to poll it.
   *
   * That happens if the writer was killed before it could restamp it. Older and recent terminations
   * are left unchanged.
   */
  restamp(sessionId: string, nowMs: number): Promise<void>;
  /** Records that a session knows of a revocation. */
  learnRevocation(sessionId: string, revocation: number): Promise<void>;
  /** Binds a session to a password unless it is bound. */
  bindPassword(sessionId: string, passwordFingerprint: string): Promise<void>;
  /** Binds a session to the document id of its user unless it is bound. */
  bindUser(sessionId: string, userDocumentId: string): Promise<void>;
  /** Loosens one session from its password; its next request binds it. */
  unbindPassword(sessionId: string): Promise<void>;
  /**
   * Moves the sessions of a user from one password to another: the live ones, those that have not
   * begun, and those that are not bound.
   */
  rebindPasswords(userId: number, change: { from: string; to: string | null }): Promise<void>;
  /**
   * Replaces the refresh token of a live session, and moves its expiry to that of the token unless
   * it is later already; returns false if the session is terminated or unknown.
   */
  saveRefreshToken(
    sessionId: string,
    refreshToken: string | null,
    expiresAtMs: number | null,
  ): Promise<boolean>;
  /** Moves the expiry of a live session forward, never back; `null` if one of its tokens has none. */
  extend(sessionId: string, expiresAtMs: number | null): Promise<void>;
  /**
   * Moves last seen forward, never back, and makes inactive sessions active; skips terminated ones.
   */
  updateLastSeen(batch: LastSeen[]): Promise<void>;
  /** Marks a batch of the sessions last seen within `seen` inactive, longest idle first. */
  markIdle(seen: { fromMs: number; toMs: number }): Promise<MarkedIdle>;
  /** Terminates a batch of elapsed sessions and returns those; for `now` see {@link terminate}. */
  terminateElapsed(
    elapsed: Elapsed,
    reason: TerminationReason,
    now: () => number,
  ): Promise<OwnedSession[]>;
  /**
   * Selects a batch of sessions terminated within `terminated` that may be deleted, oldest first.
   */
  purgeable(terminated: { fromMs: number; toMs: number }, nowMs: number): Promise<Purgeable>;
  /** Deletes sessions. */
  remove(sessionIds: string[]): Promise<void>;
}

/** The longest wait of a statement for a lock, in milliseconds. */
const MAX_WRITE_MS = 10 * 60_000;

/** Opens the session table. */
export function createSessionStore(strapi: Strapi, terminationIds: TerminationIds): SessionStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const ofUsers = createOfUsers(strapi, table);
  const afterCommit = createAfterCommit(strapi);
  const sizes = sweepSizesOf(strapi);
  const unterminated = (): Knex.QueryBuilder =>
    table.query().whereNot(COLUMNS.state, 'terminated' satisfies SessionRow['state']);
  const live = (): Knex.QueryBuilder => unterminated().whereNot(COLUMNS.state, PROVISIONAL);

  /**
   * `coalesce` keeps the database from using the index of the states instead of the primary key.
   */
  const rowsInState = (
    rows: number[],
    sign: '=' | '<>',
    state: SessionRow['state'],
  ): Knex.QueryBuilder =>
    table
      .query()
      .whereIn('id', rows)
      .whereRaw(`coalesce(??, '') ${sign} ?`, [COLUMNS.state, state]);
  const rowOf = async (sessionId: string): Promise<RawRow | null> => {
    // An id from a request's path may contain NUL, which PostgreSQL rejects.
    if (sessionId.includes('\0')) return null;
    const row = table.query().where(COLUMNS.sessionId, sessionId).first();
    const raw = await table.run<RawRow | undefined>(row);
    // MySQL also finds ids that differ in case.
    return raw?.[COLUMNS.sessionId] === sessionId ? raw : null;
  };
  const ownedOf = async (statement: Knex.QueryBuilder): Promise<OwnedSession[]> => {
    const rows = await table.run<RawRow[]>(statement.select(OWNED_COLUMNS));
    return rows.map(ownedFrom);
  };

  /**
   * Terminates the sessions of `targets` and returns them; `candidates` selects the rows by id
   * alone.
   */
  const terminateRows = async (
    targets: Knex.QueryBuilder,
    candidates: () => Knex.QueryBuilder,
    reason: TerminationReason,
    now: () => number,
  ): Promise<OwnedSession[]> => {
    // Other writes may use the same reason and the same instant.
    const terminationId = terminationIds.next();
    const own = { [COLUMNS.terminationId]: terminationId };
    const doubt = (): void => terminationIds.doubt(terminationId);
    const write = timelyWrite(
      () => {
        const terminated = terminatedColumns(reason, now());
        return table.run<number>(targets.update({ ...terminated, ...own, ...NO_TOKENS }));
      },
      () =>
        table.run(
          candidates()
            .where(own)
            .update({ [COLUMNS.terminatedAtMs]: now() }),
        ),
    );
    // The answer may be lost although the database has done it.
    write.catch(doubt);
    const changed = await write;
    await afterCommit(() => undefined, doubt);
    return changed === 0 ? [] : await ownedOf(candidates().where(own));
  };

  return {
    async insert(row) {
      await table.run(table.query().insert(toColumns(row)));
    },

    async insertIfAbsent(row) {
      const insert = table.query().insert(toColumns(row));
      await table.run(insert.onConflict(COLUMNS.sessionId).ignore());
    },

    async keepUntil(sessionId, atMs) {
      const earlier = table.query().where(COLUMNS.keepUntilMs, '<', atMs);
      const own = earlier.where(COLUMNS.sessionId, sessionId);
      await table.run(own.update({ [COLUMNS.keepUntilMs]: atMs + DAY_MS }));
    },

    async find(sessionId) {
      const raw = await rowOf(sessionId);
      return raw === null || raw[COLUMNS.state] === PROVISIONAL ? null : fromColumns(raw);
    },

    async endOf(sessionId) {
      const raw = await rowOf(sessionId);
      if (!raw) return null;
      const { state, reason } = fromColumns(raw);
      return { isTerminated: state === 'terminated', reason };
    },

    async liveIdsOfUser(userId) {
      return await table.run(live().where(COLUMNS.userId, userId).pluck(COLUMNS.sessionId));
    },

    async liveIdsOfUsers(userIds) {
      const ids: string[] = [];
      for (const batch of batchesOf(userIds)) {
        const those = live().whereIn(COLUMNS.userId, batch).pluck(COLUMNS.sessionId);
        for (const id of await table.run<string[]>(those)) ids.push(id);
      }
      return ids;
    },

    async liveOfUser(userId) {
      const ofUser = live();
      ofUsers(ofUser, only(userId));
      const rows = await table.run<RawRow[]>(
        ofUser
          .orderBy([COLUMNS.loggedInAtMs, COLUMNS.sessionId])
          .select(
            COLUMNS.sessionId,
            COLUMNS.loggedInAtMs,
            COLUMNS.lastSeenAtMs,
            COLUMNS.expiresAtMs,
            COLUMNS.knownRevocation,
          ),
      );
      return rows.map((row) => ({
        sessionId: String(row.session_id),
        loggedInAtMs: Number(row.logged_in_at_ms),
        lastSeenAtMs: Number(row.last_seen_at_ms),
        expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
        knownRevocation: Number(row.known_revocation ?? 0),
      }));
    },

    async terminate(sessionIds, reason, now) {
      const owned: OwnedSession[] = [];
      for (const batch of batchesOf(sessionIds)) {
        const candidates = (): Knex.QueryBuilder => table.query().whereIn(COLUMNS.sessionId, batch);
        const targets = unterminated().whereIn(COLUMNS.sessionId, batch);
        owned.push(...(await terminateRows(targets, candidates, reason, now)));
      }
      return owned;
    },

    async restamp(sessionId, nowMs) {
      const { terminatedAtMs } = COLUMNS;
      const late = table
        .query()
        .where(COLUMNS.sessionId, sessionId)
        .whereBetween(terminatedAtMs, [nowMs - MAX_WRITE_MS, nowMs - MAX_COMMIT_DELAY_MS]);
      await table.run(late.update({ [terminatedAtMs]: nowMs }));
    },

    async learnRevocation(sessionId, revocation) {
      const session = table.query().where(COLUMNS.sessionId, sessionId);
      await table.run(session.update({ [COLUMNS.knownRevocation]: revocation }));
    },

    async bindPassword(sessionId, passwordFingerprint) {
      const column = COLUMNS.passwordFingerprint;
      const unbound = table.query().where(COLUMNS.sessionId, sessionId).whereNull(column);
      await table.run(unbound.update({ [column]: passwordFingerprint }));
    },

    async bindUser(sessionId, userDocumentId) {
      const column = COLUMNS.userDocumentId;
      const unbound = table.query().where(COLUMNS.sessionId, sessionId).whereNull(column);
      await table.run(unbound.update({ [column]: userDocumentId }));
    },

    async unbindPassword(sessionId) {
      const session = table.query().where(COLUMNS.sessionId, sessionId);
      await table.run(session.update({ [COLUMNS.passwordFingerprint]: null }));
    },

    async rebindPasswords(userId, { from, to }) {
      const bound = unterminated()
        .where(COLUMNS.userId, userId)
        .where((either) => {
          void either
            .where(COLUMNS.passwordFingerprint, from)
            .orWhereNull(COLUMNS.passwordFingerprint);
        });
      await table.run(bound.update({ [COLUMNS.passwordFingerprint]: to }));
    },

    async saveRefreshToken(sessionId, refreshToken, expiresAtMs) {
      const session = live().where(COLUMNS.sessionId, sessionId);
      const later = laterExpiry(table, expiresAtMs, 'replace');
      const expiry = { [COLUMNS.expiresAtMs]: later };
      const changed = await table.run<number>(
        session.update({ [COLUMNS.refreshToken]: refreshToken, ...expiry }),
      );
      return changed > 0;
    },

    async extend(sessionId, expiresAtMs) {
      const session = live().where(COLUMNS.sessionId, sessionId);
      const later = laterExpiry(table, expiresAtMs, 'keep');
      await table.run(session.update({ [COLUMNS.expiresAtMs]: later }));
    },

    async updateLastSeen(batch) {
      for (const part of batchesOf(batch)) {
        await table.runInBackground(lastSeenStatement(table, live(), part));
      }
    },

    async markIdle({ fromMs, toMs }) {
      const { state, lastSeenAtMs } = COLUMNS;
      const active: SessionRow['state'] = 'active';
      const candidates = table
        .query()
        .where(state, active)
        .whereBetween(lastSeenAtMs, [fromMs, toMs]);
      const batch = candidates.orderBy(lastSeenAtMs).limit(sizes.aged).select('id', lastSeenAtMs);
      const found = await table.run<{ id: number; last_seen_at_ms: number | string }[]>(batch);
      const last = found.at(-1);
      if (!last) return { marked: 0, reachedMs: toMs };
      const ids = found.map(({ id }) => id);
      // Any of them may have been seen meanwhile.
      const idle = rowsInState(ids, '=', active).where(lastSeenAtMs, '<=', toMs);
      const inactive = { [state]: 'inactive' satisfies SessionRow['state'] };
      const marked = await table.run<number>(idle.update(inactive));
      return { marked, reachedMs: Number(last.last_seen_at_ms) };
    },

    async terminateElapsed({ field, from, upTo, userId }, reason, now) {
      const whose = userId === undefined ? {} : { [COLUMNS.userId]: userId };
      const elapsed = (statement: Knex.QueryBuilder): Knex.QueryBuilder => {
        const selected = statement.where(whose);
        if (isBound(from)) void selected.where(COLUMNS[field], '>=', from);
        if (isBound(upTo)) void selected.where(COLUMNS[field], '<=', upTo);
        return selected;
      };
      const batch = elapsed(table.query().whereIn(COLUMNS.state, LIVE_STATES)).limit(sizes.aged);
      const rows = await table.run<number[]>(batch.pluck('id'));
      if (rows.length === 0) return [];
      // Some of them may have been seen or terminated meanwhile.
      const targets = elapsed(rowsInState(rows, '<>', 'terminated'));
      const candidates = (): Knex.QueryBuilder => table.query().whereIn('id', rows);
      return await terminateRows(targets, candidates, reason, now);
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

const isBound = (bound: number | null | undefined): bound is number => typeof bound === 'number';

/** Nobody opens the tokens of a terminated session. */
const NO_TOKENS = { [COLUMNS.refreshToken]: null };

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

/** The later of the stored expiry and another one; an unknown one is kept or replaced. */
function laterExpiry(
  table: Table,
  expiresAtMs: number | null,
  unknown: 'keep' | 'replace',
): Knex.Raw | null {
  if (expiresAtMs === null) return null;
  const [column, given] = [COLUMNS.expiresAtMs, expiresAtMs];
  return unknown === 'keep'
    ? table.raw('case when ?? < ? then ? else ?? end', [column, given, given, column])
    : table.raw('case when ?? > ? then ?? else ? end', [column, given, column, given]);
}

/** Builds one statement for many sessions, each with its own instant. */
function lastSeenStatement(
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
