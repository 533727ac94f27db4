import { nowMs } from '../../clock';
import type { SessionCache } from '../../stores/memory/session-cache';
import type { LastSeenClaims } from '../../stores/redis/last-seen-claims';
import type { LastSeen } from '../../stores/database/sessions/session-store';

/**
 * Wraps the write of a batch to skip sessions that other instances write.
 *
 * A skipped session takes over the other instance's last-seen time. Its next write is then due when
 * the other instance's period has passed, and no last-seen time lags by more than one period.
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
    const skipped = new Set(claimed.heldElsewhere.map(({ sessionId }) => sessionId));
    const own = batch.filter(({ sessionId }) => !skipped.has(sessionId));
    try {
      await write(own);
    } catch (error) {
      claimed.release();
      throw error;
    }
  };
}
