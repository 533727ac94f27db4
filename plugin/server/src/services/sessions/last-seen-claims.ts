import { nowMs } from '../../clock';
import type { SessionCache } from '../../stores/memory/session-cache';
import type { LastSeenClaims } from '../../stores/redis/last-seen-claims';
import type { LastSeen } from '../../stores/database/sessions/session-store';

/**
 * Makes the write of a batch leave out what other instances write down.
 *
 * What is left out takes the other instance's instant for its own, so that it is due again when
 * their period ends and no request goes unwritten for longer than one period.
 */
export function shareLastSeen(
  write: (batch: LastSeen[]) => Promise<void>,
  claims: LastSeenClaims,
  cache: SessionCache,
): (batch: LastSeen[]) => Promise<void> {
  return async (batch) => {
    const claimed = await claims.claim(batch, nowMs());
    for (const { sessionId, lastSeenAtMs } of claimed.heldElsewhere) {
      cache.setLastTouched(sessionId, lastSeenAtMs);
    }
    const names = new Set(claimed.heldElsewhere.map(({ sessionId }) => sessionId));
    const own = batch.filter(({ sessionId }) => !names.has(sessionId));
    try {
      await write(own);
    } catch (error) {
      claimed.release();
      throw error;
    }
  };
}
