import type { DeviceView, TerminationReason } from '../../../../shared/contracts';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { Version4Session } from '../../stores/database/upgrade/version-4-sessions';

/** The reasons of version 4, in the words of this version. */
const REASONS: Readonly<Record<string, TerminationReason>> = {
  logout: 'logout',
  manual: 'admin',
  idle: 'idle',
  expired: 'expired',
  blocked: 'user_blocked',
};

/** What identifies the new row, and its user. */
export interface NewOwner {
  sessionId: string;
  userId: number;
  userDocumentId: string | null;
}

/** Returns a session of version 4 as a row of this version. */
export function rowOfVersion4(
  session: Version4Session,
  owner: NewOwner,
  { device, nowMs }: { device: DeviceView; nowMs: number },
): SessionRow {
  const { loggedInAtMs, lastSeenAtMs, loggedOutAtMs, ip, userAgent } = session;
  const reason = reasonOf(session);
  const begun = loggedInAtMs ?? lastSeenAtMs ?? nowMs;
  const seen = Math.max(begun, lastSeenAtMs ?? begun);
  return {
    ...owner,
    state: reason ? 'terminated' : session.isActive ? 'active' : 'inactive',
    reason,
    method: 'adopted',
    loggedInAtMs: begun,
    lastSeenAtMs: seen,
    terminatedAtMs: reason ? (loggedOutAtMs ?? seen) : null,
    terminationId: null,
    keepUntilMs: null,
    expiresAtMs: null,
    knownRevocation: 0,
    passwordFingerprint: null,
    ip,
    userAgent,
    deviceType: device.type,
    browser: device.browser ?? session.browser,
    os: device.os ?? session.os,
    refreshToken: null,
  };
}

/** A row that is not active and has no reason only was idle, and could become active again. */
function reasonOf({ isActive, isTerminated, reason, loggedOutAtMs }: Version4Session) {
  const known = reason === null ? undefined : (REASONS[reason] ?? 'admin');
  if (isTerminated) return known ?? 'admin';
  if (isActive) return null;
  if (known === 'idle') return null;
  return known ?? (loggedOutAtMs === null ? null : 'logout');
}
