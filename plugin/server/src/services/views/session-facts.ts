import type { SessionFacts } from '../../../../shared/contracts';
import type { SessionRow } from '../../stores/database/sessions/session-row';

/** Returns the public facts of a stored session, without its sealed tokens. */
export function factsOf(row: SessionRow): SessionFacts {
  return {
    id: row.sessionId,
    state: row.state,
    reason: row.reason,
    method: row.method,
    loggedInAt: iso(row.loggedInAtMs),
    lastSeenAt: iso(row.lastSeenAtMs),
    terminatedAt: row.terminatedAtMs === null ? null : iso(row.terminatedAtMs),
    ip: row.ip,
    userAgent: row.userAgent,
    device: { type: row.deviceType, browser: row.browser, os: row.os },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
