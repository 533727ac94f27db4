import type { SessionFacts } from '../../../../shared/contracts';
import type { SessionRow } from '../../stores/database/sessions/session-row';

/** Gives the facts of a stored session that may be shown; its sealed tokens stay behind. */
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
