import { createDeadline } from '../../async/deadline';
import { MAX_CLOCK_SKEW_MS } from '../database/sql/timely-write';
import type { LastSeen } from '../database/sessions/session-store';
import type { RedisConnection } from './connection';

/** The result of claiming the writes of a batch. */
export interface ClaimResult {
  /** The sessions that other instances claimed, each with the last-seen time that they write. */
  heldElsewhere: LastSeen[];
  /** Releases the granted claims; call it when the write failed. */
  release(): void;
}

/** Claims of instances on writing the last-seen times of sessions. */
export interface LastSeenClaims {
  /** Claims the write of each session for a period that began when it was seen. */
  claim(batch: LastSeen[], nowMs: number): Promise<ClaimResult>;
}

/** Claims nothing: every instance writes all of its own last-seen times. */
export const NO_CLAIMS: LastSeenClaims = {
  claim: () => Promise.resolve({ heldElsewhere: [], release: () => undefined }),
};

/** The write goes ahead without an answer of Redis after this long, in milliseconds. */
const DEADLINE_MS = 250;

/**
 * Creates claims in Redis; without an answer of Redis a claim counts as granted.
 *
 * @param lifetimeMs Returns the current lifetime of a claim in milliseconds; 0 disables claims.
 */
export function createLastSeenClaims(
  connection: RedisConnection,
  prefix: string,
  lifetimeMs: () => number,
): LastSeenClaims {
  const keyOf = (sessionId: string): string => `${prefix}seen:${sessionId}`;

  /** Returns another instance's claim; without one it returns `null` and calls `onGranted`. */
  async function claimOne(
    { sessionId, lastSeenAtMs }: LastSeen,
    nowMs: number,
    onGranted: (key: string) => void,
  ): Promise<LastSeen | null> {
    const lifetime = lifetimeMs();
    const leftMs = Math.min(lifetime, lastSeenAtMs + lifetime - nowMs);
    if (leftMs <= 0) return null;
    const key = keyOf(sessionId);
    const unlessClaimed = ['NX', 'GET', 'PX', String(Math.ceil(leftMs))];
    const holder = await connection.send('SET', key, String(lastSeenAtMs), ...unlessClaimed);
    if (holder === null) {
      onGranted(key);
      return null;
    }
    const heldFromMs = Number(holder);
    // A value that no instance can have written is no claim and must not suppress writes.
    const isPlausible = Math.abs(nowMs - heldFromMs) < lifetime + MAX_CLOCK_SKEW_MS;
    return isPlausible ? { sessionId, lastSeenAtMs: Math.floor(heldFromMs) } : null;
  }

  function releaseKeys(keys: string[]): void {
    if (connection.isReady() && keys.length > 0)
      connection.send('DEL', ...keys).catch(() => undefined);
  }

  return {
    async claim(batch, nowMs) {
      if (!connection.isReady()) return await NO_CLAIMS.claim(batch, nowMs);
      const held: LastSeen[] = [];
      const granted: string[] = [];
      let isReleased = false;
      // Redis may grant a claim after the deadline.
      const onGranted = (key: string): void => {
        if (isReleased) releaseKeys([key]);
        else granted.push(key);
      };
      const claims = batch.map(async (seen) => {
        const other = await claimOne(seen, nowMs, onGranted).catch(() => null);
        if (other) held.push(other);
      });
      await createDeadline(DEADLINE_MS)(Promise.all(claims)).catch(() => undefined);
      return {
        heldElsewhere: [...held],

        release() {
          isReleased = true;
          releaseKeys(granted);
        },
      };
    },
  };
}
