import type { SessionFacts } from '../../../../shared/contracts';
import type { Settings } from '../../../../shared/core';
import type { Geography } from '../geography/geography';
import type { SessionRow } from '../../stores/database/sessions/session-row';

/** Returns the public facts of a stored session, without its sealed tokens. */
export type FactsOf = (row: SessionRow) => SessionFacts;

/** Creates the reader of facts, which follows the current settings. */
export function createSessionFacts(settings: () => Settings, { locate }: Geography): FactsOf {
  return (row) => ({
    id: row.sessionId,
    state: row.state,
    reason: row.reason,
    method: row.method,
    loggedInAt: iso(row.loggedInAtMs),
    lastSeenAt: iso(row.lastSeenAtMs),
    expiresAt: isoOrNull(expiryOf(row, settings())),
    terminatedAt: isoOrNull(row.terminatedAtMs),
    ip: row.ip,
    location: locate(row.ip),
    userAgent: row.userAgent,
    device: { type: row.deviceType, browser: row.browser, os: row.os },
  });
}

/** A session ends with its tokens or at the absolute timeout, whichever comes first. */
function expiryOf(
  { state, loggedInAtMs, expiresAtMs }: SessionRow,
  { absoluteTimeout }: Settings,
): number | null {
  if (state === 'terminated') return null;
  if (absoluteTimeout === 'token') return expiresAtMs;
  return Math.min(loggedInAtMs + absoluteTimeout, expiresAtMs ?? Number.POSITIVE_INFINITY);
}

const iso = (ms: number): string => new Date(ms).toISOString();

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
