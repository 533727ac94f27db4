import { OWNER_COLUMNS } from '../sql/of-users';
import type { DeviceType, SessionState, TerminationReason } from '../../../../../shared/contracts';

/** One stored session. Times are Unix milliseconds. */
export interface SessionRow {
  sessionId: string;
  userId: number;
  /** The document id of the user; `null` where the user was not found. */
  userDocumentId: string | null;
  state: SessionState;
  reason: TerminationReason | null;
  method: string;
  loggedInAtMs: number;
  lastSeenAtMs: number;
  terminatedAtMs: number | null;
  /** The id of the write that terminated it, by which an instance recognizes its own writes. */
  terminationId: string | null;
  /**
   * Not purged before this instant, because a token without a session id must not be adopted twice.
   */
  keepUntilMs: number | null;
  /** When the last of its tokens expires; `null` if one never does, or if that is unknown. */
  expiresAtMs: number | null;
  /** The newest revocation, of any user, that was committed before the login read its user. */
  knownRevocation: number | null;
  /** The fingerprint of the password hash that the login read; `null` until a request binds it. */
  passwordFingerprint: string | null;
  ip: string | null;
  userAgent: string | null;
  deviceType: DeviceType;
  browser: string | null;
  os: string | null;
  /** The newest refresh token, sealed. */
  refreshToken: string | null;
}

/** The column of each field. */
export const COLUMNS = {
  sessionId: 'session_id',
  ...OWNER_COLUMNS,
  state: 'state',
  reason: 'reason',
  method: 'method',
  loggedInAtMs: 'logged_in_at_ms',
  lastSeenAtMs: 'last_seen_at_ms',
  terminatedAtMs: 'terminated_at_ms',
  terminationId: 'termination_id',
  keepUntilMs: 'keep_until_ms',
  expiresAtMs: 'expires_at_ms',
  knownRevocation: 'known_revocation',
  passwordFingerprint: 'password_fingerprint',
  ip: 'ip',
  userAgent: 'user_agent',
  deviceType: 'device_type',
  browser: 'browser',
  os: 'os',
  refreshToken: 'refresh_token',
} as const satisfies Record<keyof SessionRow, string>;

/** The facts of a row that can change without this process. */
export type Confirmation = Pick<SessionRow, 'sessionId' | 'state' | 'reason' | 'lastSeenAtMs'>;

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
export type RawRow = Record<(typeof COLUMNS)[keyof SessionRow], string | number | null>;

/**
 * The stored state of a token whose session has not begun. Only the store of these rows reads them.
 */
export const PROVISIONAL = 'provisional';

const NUMBERS: ReadonlySet<string> = new Set<keyof SessionRow>([
  'userId',
  'loggedInAtMs',
  'lastSeenAtMs',
  'terminatedAtMs',
  'keepUntilMs',
  'expiresAtMs',
  'knownRevocation',
]);

const FIELDS = Object.entries(COLUMNS);

/** Maps a row's fields to their columns. */
export function toColumns(row: SessionRow): Record<string, unknown> {
  return Object.fromEntries(
    FIELDS.map(([field, column]) => [column, row[field as keyof SessionRow]]),
  );
}

/** Maps columns to a row's fields; only {@link toColumns} writes the table, so the cast holds. */
export function fromColumns(raw: RawRow): SessionRow {
  const row = FIELDS.map(([field, column]) => {
    const value = raw[column];
    return [field, NUMBERS.has(field) && value !== null ? Number(value) : value];
  });
  return Object.fromEntries(row) as SessionRow;
}
