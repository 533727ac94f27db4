import type { SessionState } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { COLUMNS, PROVISIONAL, type RawRow, type SessionRow } from './session-row';
import { tableOf } from '../sql/table';

/** The state and the times of a session. */
export interface SessionTimes extends Pick<
  SessionRow,
  'state' | 'loggedInAtMs' | 'lastSeenAtMs' | 'terminatedAtMs' | 'keepUntilMs'
> {
  /** The number of its row. */
  row: number;
}

/** Reads {@link SessionTimes} from the newest row to the oldest. */
export interface SessionTimesStore {
  /**
   * Returns at most `limit` sessions with rows before `row`, newest first; `null` starts at the
   * newest.
   */
  before(row: number | null, limit: number): Promise<SessionTimes[]>;
}

/** Opens the session table for its times. */
export function createSessionTimesStore(strapi: Strapi): SessionTimesStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  return {
    async before(row, limit) {
      const begun = table.query().whereNot(COLUMNS.state, PROVISIONAL);
      const page = begun.orderBy('id', 'desc').limit(limit);
      if (row !== null) void page.where('id', '<', row);
      const found = await table.run<(RawRow & { id: number })[]>(page.select('id', ...READ));
      return found.map(timesFrom);
    },
  };
}

const READ = [
  COLUMNS.state,
  COLUMNS.loggedInAtMs,
  COLUMNS.lastSeenAtMs,
  COLUMNS.terminatedAtMs,
  COLUMNS.keepUntilMs,
];

function timesFrom(raw: RawRow & { id: number }): SessionTimes {
  return {
    row: raw.id,
    // Only the session store writes the table.
    state: raw.state as SessionState,
    loggedInAtMs: Number(raw.logged_in_at_ms),
    lastSeenAtMs: Number(raw.last_seen_at_ms),
    terminatedAtMs: raw.terminated_at_ms === null ? null : Number(raw.terminated_at_ms),
    keepUntilMs: raw.keep_until_ms === null ? null : Number(raw.keep_until_ms),
  };
}
