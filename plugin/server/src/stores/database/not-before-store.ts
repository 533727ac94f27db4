import type { TerminationReason } from '../../../../shared/contracts';
import type { Strapi } from '../../strapi';
import { timelyWrite } from './sql/timely-write';
import { tableOf } from './sql/table';

/**
 * A not-before instant: sessions of a user, or of {@link EVERYONE}, that began earlier are
 * terminated.
 */
export interface NotBefore {
  userId: number;
  atMs: number;
  reason: TerminationReason;
}

/** The user id that stands for all users. */
export const EVERYONE = 0;

/**
 * The not-before instants in the database, at most one per user.
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
  raise(instant: NotBefore, now: () => number): Promise<void>;
  /** Returns the not-before instants that apply to a user: the user's own, and that of everyone. */
  findForUser(userId: number): Promise<NotBefore[]>;
  /**
   * Returns one page of the not-before instants written at `fromMs` or later, in order of user ids.
   */
  writtenSince(fromMs: number, afterUserId: number): Promise<NotBefore[]>;
}

/** The number of not-before instants per page. */
export const NOT_BEFORE_PAGE_SIZE = 1000;

/** Reads all not-before instants written at `fromMs` or later, page by page. */
export async function* writtenSince(
  store: Pick<NotBeforeStore, 'writtenSince'>,
  fromMs: number,
): AsyncGenerator<NotBefore> {
  let afterUserId = -1;
  for (;;) {
    const page = await store.writtenSince(fromMs, afterUserId);
    yield* page;
    afterUserId = page.at(-1)?.userId ?? afterUserId;
    if (page.length < NOT_BEFORE_PAGE_SIZE) return;
  }
}

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
interface RawInstant {
  user_id: number;
  at_ms: number | string;
  reason: TerminationReason;
}

/** Opens the table of not-before instants. */
export function createNotBeforeStore(strapi: Strapi): NotBeforeStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.not-before');

  return {
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

    async findForUser(userId) {
      const rows = table.query().whereIn('user_id', [EVERYONE, userId]);
      return (await table.run<RawInstant[]>(rows)).map(instantFrom);
    },

    async writtenSince(fromMs, afterUserId) {
      const rows = table
        .query()
        .where('written_at_ms', '>=', fromMs)
        .where('user_id', '>', afterUserId)
        .orderBy('user_id')
        .limit(NOT_BEFORE_PAGE_SIZE);
      return (await table.run<RawInstant[]>(rows)).map(instantFrom);
    },
  };
}

function instantFrom({ user_id, at_ms, reason }: RawInstant): NotBefore {
  return { userId: user_id, atMs: Number(at_ms), reason };
}
