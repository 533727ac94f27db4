import type { CachedSession } from '../../stores/memory/session-cache';
import type { Revocation } from '../../stores/memory/not-before-cache';
import { loadServerCore } from '../settings/load-core';
import type { SessionLookup } from './session-lookup';

/** Returns the newest revocation of a session's user if the session's login missed it. */
export type MissedRevocation = (
  session: Pick<CachedSession, 'userId' | 'knownRevocation'>,
) => Revocation | null;

/** Creates the look-up of missed revocations; the core decides. */
export function createMissedRevocation(
  lookup: Pick<SessionLookup, 'revocationOf'>,
): MissedRevocation {
  const { revokedBy, RevokedBy } = loadServerCore();
  return ({ userId, knownRevocation }) => {
    const revocation = lookup.revocationOf(userId);
    if (!revocation) return null;
    // Its instant is looked at with the request.
    const part = revokedBy(0, revocation.number, 0, knownRevocation);
    return part === RevokedBy.Number ? revocation : null;
  };
}
