import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';

/** A session of version 4 of the plugin. Times are Unix milliseconds, `null` where unknown. */
export interface Version4Session {
  /** The number of the row. */
  row: number;
  userId: number | null;
  ip: string | null;
  userAgent: string | null;
  /** The SHA-256 of the access token, in hexadecimal digits. */
  tokenHash: string | null;
  /** Likewise of the refresh token. */
  refreshTokenHash: string | null;
  loggedInAtMs: number | null;
  lastSeenAtMs: number | null;
  loggedOutAtMs: number | null;
  isActive: boolean;
  isTerminated: boolean;
  reason: string | null;
  browser: string | null;
  os: string | null;
}

/** The table of sessions that version 4 of the plugin left. */
export interface Version4Sessions {
  /** Tells whether the table is there. */
  exists(): Promise<boolean>;
  /** Returns a page of the rows after `row`, in order of their numbers. */
  after(row: number, limit: number): Promise<Version4Session[]>;
}

/** The table, and the one that links its rows to users. */
export const VERSION_4_TABLES = ['magic_sessions', 'magic_sessions_user_lnk'] as const;

const [SESSIONS, USERS] = VERSION_4_TABLES;

/** A row as the database driver returns it. Not every 4.x has every column. */
type RawRow = Record<string, unknown> & { id: number };

/** Opens the table, which Strapi does not know any more. */
export function createVersion4Sessions(strapi: Strapi): Version4Sessions {
  const schema = (): Knex.SchemaBuilder => strapi.db.getSchemaConnection();

  async function usersOf(rows: readonly RawRow[]): Promise<Map<number, number>> {
    if (rows.length === 0 || !(await schema().hasTable(USERS))) return new Map();
    const ids = rows.map(({ id }) => id);
    const links = await strapi.db
      .getConnection(USERS)
      .whereIn('session_id', ids)
      .select<{ session_id: number; user_id: number }[]>('session_id', 'user_id');
    return new Map(links.map((link) => [link.session_id, link.user_id]));
  }

  return {
    exists: async () =>
      (await schema().hasTable(SESSIONS)) && (await schema().hasColumn(SESSIONS, 'login_time')),

    async after(row, limit) {
      const page = strapi.db.getConnection(SESSIONS).where('id', '>', row).orderBy('id');
      const rows = (await page.limit(limit)) as RawRow[];
      const users = await usersOf(rows);
      return rows.map((raw) => ({
        row: raw.id,
        userId: users.get(raw.id) ?? null,
        ip: textOf(raw.ip_address),
        userAgent: textOf(raw.user_agent),
        tokenHash: textOf(raw.token_hash),
        refreshTokenHash: textOf(raw.refresh_token_hash),
        loggedInAtMs: instantOf(raw.login_time) ?? instantOf(raw.created_at),
        lastSeenAtMs: instantOf(raw.last_active),
        loggedOutAtMs: instantOf(raw.logout_time),
        isActive: isTrue(raw.is_active),
        isTerminated: isTrue(raw.terminated_manually),
        reason: textOf(raw.termination_reason),
        browser: textOf(raw.browser_name),
        os: textOf(raw.os_name),
      }));
    },
  };
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const isTrue = (value: unknown): boolean => value === true || value === 1;

/** Some databases return times as dates, others as numbers or as text. */
function instantOf(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  const ms = Number.isNaN(number) && typeof value === 'string' ? Date.parse(value) : number;
  return Number.isFinite(ms) && ms > 0 ? Math.trunc(ms) : null;
}
