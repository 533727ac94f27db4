import type { Strapi } from '../../../strapi';
import { sweepSizesOf } from '../sql/batches';
import { tableOf } from '../sql/table';
import {
  COLUMNS,
  fromColumns,
  PROVISIONAL,
  toColumns,
  type RawRow,
  type SessionRow,
} from './session-row';

/** The facts of a session that its first use decides. */
export type FirstUse = Pick<
  SessionRow,
  'loggedInAtMs' | 'lastSeenAtMs' | 'ip' | 'userAgent' | 'deviceType' | 'browser' | 'os'
>;

/**
 * The rows of tokens whose sessions have not begun. No list shows them and no limit counts them.
 *
 * Whether a session begins is decided here alone: one statement changes the row, on one instance.
 */
export interface ProvisionalStore {
  insert(row: SessionRow): Promise<void>;
  /** Finds the row of a session that has not begun; its state is the one that it begins with. */
  find(sessionId: string): Promise<SessionRow | null>;
  /** Begins a session; returns false if it has begun before, or if there is none. */
  begin(sessionId: string, facts: Partial<FirstUse>): Promise<boolean>;
  /** Makes a session that has just begun provisional. */
  withhold(sessionId: string): Promise<void>;
  /** Deletes a batch of the rows whose tokens expired by an instant; returns their number. */
  removeExpired(expiredByMs: number): Promise<number>;
}

/** Opens the session table for its provisional rows. */
export function createProvisionalStore(strapi: Strapi): ProvisionalStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const { deleted } = sweepSizesOf(strapi);
  const inState = (state: string) => table.query().where(COLUMNS.state, state);
  const active: SessionRow['state'] = 'active';

  return {
    async insert(row) {
      const columns = { ...toColumns(row), [COLUMNS.state]: PROVISIONAL };
      await table.run(table.query().insert(columns));
    },

    async find(sessionId) {
      if (sessionId.includes('\0')) return null;
      const row = table.query().where(COLUMNS.sessionId, sessionId).first();
      const raw = await table.run<RawRow | undefined>(row);
      if (raw?.[COLUMNS.sessionId] !== sessionId || raw[COLUMNS.state] !== PROVISIONAL) return null;
      return { ...fromColumns(raw), state: active };
    },

    async begin(sessionId, facts) {
      const columns = Object.entries(facts).map(([field, value]): [string, unknown] => [
        COLUMNS[field as keyof FirstUse],
        value,
      ]);
      const row = inState(PROVISIONAL).where(COLUMNS.sessionId, sessionId);
      const begun: Record<string, unknown> = {
        [COLUMNS.state]: active,
        ...Object.fromEntries(columns),
      };
      return (await table.run<number>(row.update(begun))) > 0;
    },

    async withhold(sessionId) {
      const row = inState(active).where(COLUMNS.sessionId, sessionId);
      await table.run(row.update({ [COLUMNS.state]: PROVISIONAL }));
    },

    async removeExpired(expiredByMs) {
      const { expiresAtMs } = COLUMNS;
      const expired = inState(PROVISIONAL).where(expiresAtMs, '<=', expiredByMs);
      const rows = await table.run<number[]>(
        expired.orderBy(expiresAtMs).limit(deleted).pluck('id'),
      );
      if (rows.length > 0) {
        await table.run(inState(PROVISIONAL).whereIn('id', rows).delete());
      }
      return rows.length;
    },
  };
}
