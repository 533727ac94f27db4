import { LIVE_STATES, SESSION_STATES, type SessionState } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { COLUMNS } from './session-row';
import { tableOf } from '../sql/table';

/** Counts sessions by their times; every statement uses an index. */
export interface ActivityStore {
  /** Counts the sessions in any of `states` that were seen at `sinceMs` or later. */
  seenSince(states: readonly SessionState[], sinceMs: number): Promise<number>;
  /** Counts the logins from `fromMs` on and before `toMs`. */
  loginsBetween(fromMs: number, toMs: number): Promise<number>;
  /** Returns the addresses and users of the newest sessions that are not terminated. */
  newestOrigins(limit: number): Promise<{ ip: string | null; userId: number }[]>;
}

/** Opens the session table for counting. */
export function createActivityStore(strapi: Strapi): ActivityStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const inStates = (states: readonly SessionState[]) =>
    table.query().whereIn(COLUMNS.state, states).count({ total: '*' }).first();
  const totalOf = async (statement: ReturnType<typeof inStates>): Promise<number> =>
    Number((await table.run<{ total: number | string }>(statement)).total);

  return {
    seenSince: (states, sinceMs) =>
      totalOf(inStates(states).where(COLUMNS.lastSeenAtMs, '>=', sinceMs)),

    loginsBetween: (fromMs, toMs) =>
      // The states are named because the index of logins begins with them.
      totalOf(
        inStates(SESSION_STATES)
          .where(COLUMNS.loggedInAtMs, '>=', fromMs)
          .where(COLUMNS.loggedInAtMs, '<', toMs),
      ),

    async newestOrigins(limit) {
      const newest = table
        .query()
        .whereIn(COLUMNS.state, LIVE_STATES)
        .orderBy('id', 'desc')
        .limit(limit)
        .select(COLUMNS.ip, COLUMNS.userId);
      const rows = await table.run<{ ip: string | null; user_id: number }[]>(newest);
      return rows.map(({ ip, user_id: userId }) => ({ ip, userId }));
    },
  };
}
