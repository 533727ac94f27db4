import type { TerminationReason } from '../../../../shared/contracts';
import type { Strapi } from '../../strapi';
import { timelyWrite } from './sql/timely-write';
import { createInTransaction } from './sql/transaction';
import { tableOf } from './sql/table';

/** An instant: sessions of a user, or of {@link EVERYONE}, that began earlier are terminated. */
export interface Instant {
  userId: number;
  atMs: number;
  reason: TerminationReason;
}

/** The not-before instant of a user, or of {@link EVERYONE}, and the newest revocation. */
export interface NotBefore extends Instant {
  /**
   * The number of the newest revocation, 0 without any. Sessions whose login did not know of it are
   * terminated.
   */
  revocation: number;
  revocationReason: TerminationReason;
  /** When the row was last written, in Unix milliseconds by the clock of its writer. */
  writtenAtMs: number;
}

/** The user id that stands for all users. */
export const EVERYONE = 0;

/** The user id of the row that counts the revocations. */
export const COUNTER = -1;

/** The user id of the row that counts the changes of users, roles, permissions and settings. */
export const PRINCIPALS = -2;

/**
 * The not-before instants and revocations in the database, at most one row per user.
 *
 * They are never deleted, because a token issued before the plugin was installed may arrive at any
 * time.
 */
export interface NotBeforeStore {
  /**
   * Moves an instant forward, never back.
   *
   * Outside of a transaction the row is committed within `MAX_COMMIT_DELAY_MS` of the time that it
   * carries; `now` may be called several times for that.
   */
  raise(instant: Instant, now: () => number): Promise<void>;
  /**
   * Writes a revocation of a user, or of {@link EVERYONE}, and returns its number.
   *
   * Numbers rise in the order in which revocations are committed, because the writer holds the
   * counter until then. For `now` see {@link raise}.
   */
  revoke(userId: number, reason: TerminationReason, now: () => number): Promise<number>;
  /** Counts one change more of {@link PRINCIPALS}, and returns the number of all. */
  countPrincipalChange(now: () => number): Promise<number>;
  /** Returns the number of the newest committed revocation of any user; 0 without any. */
  newestRevocation(): Promise<number>;
  /** Returns the rows that apply to a user: the user's own, and that of everyone. */
  findForUser(userId: number): Promise<NotBefore[]>;
  /** Returns one page of the rows written at `fromMs` or later, in order of user ids. */
  writtenSince(fromMs: number, afterUserId: number): Promise<NotBefore[]>;
}

/** The number of rows per page. */
export const NOT_BEFORE_PAGE_SIZE = 1000;

/**
 * Reads all rows written at `fromMs` or later, page by page.
 *
 * @param afterUserId Where to begin; by default behind the rows that count.
 */
export async function* writtenSince(
  store: Pick<NotBeforeStore, 'writtenSince'>,
  fromMs: number,
  afterUserId = COUNTER,
): AsyncGenerator<NotBefore> {
  let lastUserId = afterUserId;
  for (;;) {
    const page = await store.writtenSince(fromMs, lastUserId);
    yield* page;
    lastUserId = page.at(-1)?.userId ?? lastUserId;
    if (page.length < NOT_BEFORE_PAGE_SIZE) return;
  }
}

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
interface RawRow {
  user_id: number;
  at_ms: number | string;
  reason: TerminationReason;
  revocation: number | string | null;
  revocation_reason: TerminationReason | null;
  written_at_ms: number | string;
}

/** Opens the table of not-before instants and revocations. */
export function createNotBeforeStore(strapi: Strapi): NotBeforeStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.not-before');
  const inTransaction = createInTransaction(strapi);

  async function countOf(counter: number): Promise<number> {
    const row = table.query().where('user_id', counter).first('revocation');
    return Number((await table.run<RawRow | undefined>(row))?.revocation ?? 0);
  }

  /** Writes a row unless the user has one. */
  async function create(userId: number, reason: TerminationReason, nowMs: number): Promise<void> {
    const row = { user_id: userId, at_ms: 0, reason, written_at_ms: nowMs };
    await table.run(table.query().insert(row).onConflict('user_id').ignore());
  }

  /** Everyone updates a counter first, so the next one waits for the commit. */
  async function countOn(
    counter: number,
    reason: TerminationReason,
    columns: object,
    nowMs: number,
  ): Promise<number> {
    const next = table.raw('coalesce(??, 0) + 1', ['revocation']);
    const row = table.query().where('user_id', counter);
    const count = (): Promise<number> =>
      table.run(row.clone().update({ ...columns, revocation: next }));
    if ((await count()) === 0) {
      await create(counter, reason, nowMs);
      await count();
    }
    return await countOf(counter);
  }

  return {
    newestRevocation: () => countOf(COUNTER),

    async countPrincipalChange(now) {
      const row = table.query().where('user_id', PRINCIPALS);
      return await timelyWrite(
        () =>
          inTransaction(async () => {
            const nowMs = now();
            return await countOn(PRINCIPALS, 'admin', { written_at_ms: nowMs }, nowMs);
          }),
        () => table.run(row.update({ written_at_ms: now() })),
      );
    },

    async raise({ userId, atMs, reason }, now) {
      const columns = { at_ms: atMs, reason, written_at_ms: now() };
      const insert = table.query().insert({ user_id: userId, ...columns });
      const earlier = table.query().where('user_id', userId).where('at_ms', '<', atMs);
      const own = table.query().where({ user_id: userId, at_ms: atMs });
      await timelyWrite(
        async () => {
          await table.run(insert.onConflict('user_id').ignore());
          await table.run(earlier.update(columns));
        },
        () => table.run(own.clone().update({ written_at_ms: now() })),
      );
    },

    async revoke(userId, reason, now) {
      const row = (): ReturnType<typeof table.query> => table.query().where('user_id', userId);
      return await timelyWrite(
        () =>
          inTransaction(async () => {
            const writtenAtMs = now();
            const revocation = await countOn(COUNTER, reason, {}, writtenAtMs);
            await create(userId, reason, writtenAtMs);
            const columns = { revocation, revocation_reason: reason, written_at_ms: writtenAtMs };
            await table.run(row().update(columns));
            return revocation;
          }),
        () => table.run(row().update({ written_at_ms: now() })),
      );
    },

    async findForUser(userId) {
      const rows = table.query().whereIn('user_id', [EVERYONE, userId]);
      return (await table.run<RawRow[]>(rows)).map(fromRaw);
    },

    async writtenSince(fromMs, afterUserId) {
      const rows = table
        .query()
        .where('written_at_ms', '>=', fromMs)
        .where('user_id', '>', afterUserId)
        .orderBy('user_id')
        .limit(NOT_BEFORE_PAGE_SIZE);
      return (await table.runInBackground<RawRow[]>(rows)).map(fromRaw);
    },
  };
}

function fromRaw(raw: RawRow): NotBefore {
  return {
    userId: raw.user_id,
    atMs: Number(raw.at_ms),
    reason: raw.reason,
    revocation: Number(raw.revocation ?? 0),
    revocationReason: raw.revocation_reason ?? raw.reason,
    writtenAtMs: Number(raw.written_at_ms),
  };
}
