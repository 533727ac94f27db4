import { createDeadline } from '../../async/deadline';
import { MAX_CLOCK_SKEW_MS } from '../database/sql/timely-write';
import type { LastSeen } from '../database/sessions/session-store';
import type { RedisConnection } from './connection';

/** What came of claiming the writes of a batch. */
export interface ClaimResult {
  /** Those that others have claimed, each with the instant that is written instead. */
  heldElsewhere: LastSeen[];
  /** Gives back what was granted, because its write has failed. */
  release(): void;
}

/** Agrees with other instances on who writes down when a session was last seen. */
export interface LastSeenClaims {
  /** Claims the write of each session for a time that began when it was seen. */
  claim(batch: LastSeen[], nowMs: number): Promise<ClaimResult>;
}

/** Claims nothing: every instance writes for itself. */
export const NO_CLAIMS: LastSeenClaims = {
  claim: () => Promise.resolve({ heldElsewhere: [], release: () => undefined }),
};

/** A Redis that has not answered by then is left out; nobody waits but the write itself. */
const DEADLINE_MS = 250;

/**
 * Makes claims that last as many milliseconds as `lifetimeMs` gives at the time, 0 for none; without
 * an answer from Redis a claim counts as granted.
 */
export function createLastSeenClaims(
  connection: RedisConnection,
  prefix: string,
  lifetimeMs: () => number,
): LastSeenClaims {
  const keyOf = (sessionId: string): string => `${prefix}seen:${sessionId}`;

  /** Gives what another has claimed before; `null`, and the key to `onGranted`, where nothing has. */
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
    // What no instance can have written is no claim: whoever else writes there keeps nothing alive.
    const canBe = Math.abs(nowMs - heldFromMs) < lifetime + MAX_CLOCK_SKEW_MS;
    return canBe ? { sessionId, lastSeenAtMs: Math.floor(heldFromMs) } : null;
  }

  function giveBack(keys: string[]): void {
    if (connection.isReady() && keys.length > 0)
      connection.send('DEL', ...keys).catch(() => undefined);
  }

  return {
    async claim(batch, nowMs) {
      if (!connection.isReady()) return await NO_CLAIMS.claim(batch, nowMs);
      const held: LastSeen[] = [];
      const granted: string[] = [];
      let isReleased = false;
      // Redis may grant a claim when it is not waited for any more.
      const onGranted = (key: string): void => {
        if (isReleased) giveBack([key]);
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
          giveBack(granted);
        },
      };
    },
  };
}
