import type { Strapi } from '../../../strapi';
import { tableOf } from '../sql/table';
import { MAX_CLOCK_SKEW_MS } from '../sql/timely-write';
import { COLUMNS } from './session-row';

/** Claims the record of a refused token for one of all instances. */
export interface RefusalStore {
  /**
   * Claims a session at an instant, unless an instance claimed it within `periodMs` before; returns
   * whether it did.
   */
  claim(sessionId: string, nowMs: number, periodMs: number): Promise<boolean>;
}

/** When the use of a token was last recorded; nothing else reads or writes it. */
const REFUSED_AT = 'token_refused_at_ms';

/** Opens the session table for its claims. */
export function createRefusalStore(strapi: Strapi): RefusalStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  return {
    async claim(sessionId, nowMs, periodMs) {
      const unclaimed = table
        .query()
        .where(COLUMNS.sessionId, sessionId)
        .where((either) => {
          void either
            .whereNull(REFUSED_AT)
            .orWhere(REFUSED_AT, '<=', nowMs - periodMs)
            // The clock of the writer stood too far ahead, or was set back since.
            .orWhere(REFUSED_AT, '>', nowMs + MAX_CLOCK_SKEW_MS);
        });
      return (await table.run<number>(unclaimed.update({ [REFUSED_AT]: nowMs }))) > 0;
    },
  };
}
