import type { TerminationReason } from '../../../../shared/contracts';
import type { Strapi } from '../../strapi';
import { timelyWrite } from './sql/timely-write';
import { tableOf } from './sql/table';

/** An instant before which no session of a user, or of {@link EVERYONE}, may have begun, and why. */
export interface NotBefore {
  userId: number;
  atMs: number;
  reason: TerminationReason;
}

/** Stands for all users where a user's id is asked for. */
export const EVERYONE = 0;

/**
 * The not-before instants in the database, at most one a user. They stay: a token from before the
 * plugin may turn up however late.
 */
export interface NotBeforeStore {
  /** Moves an instant forward, never back; outside of transactions committed soon after `now`. */
  raise(instant: NotBefore, now: () => number): Promise<void>;
  /** Gives the instants that hold for a user. */
  findForUser(userId: number): Promise<NotBefore[]>;
  /** Gives one page of the instants written at an instant or later, in order of user ids. */
  writtenSince(fromMs: number, afterUserId: number): Promise<NotBefore[]>;
}

/** How many instants a page holds. */
export const NOT_BEFORE_PAGE_SIZE = 1000;

/** Reads all instants written at an instant or later, page by page. */
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

/** A row as the database driver gives it; some drivers give 64-bit integers as text. */
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
