import { FARTHEST_CLOCKS_MS } from '../in-time';
import type { LastSeen } from '../session-store';
import type { RedisLink } from './redis-link';

/** Agrees with other instances on who writes down when a session was last seen. */
export interface TouchClaims {
  /**
   * Claims the write of each session for a time that began when it was seen; gives those that are
   * claimed already, each with the instant that is written instead.
   */
  heldElsewhere(batch: LastSeen[], nowMs: number): Promise<LastSeen[]>;
  /** Gives claims back whose write has failed. */
  release(batch: LastSeen[]): void;
}

/** Claims nothing: every instance writes for itself. */
export const NO_CLAIMS: TouchClaims = {
  heldElsewhere: () => Promise.resolve([]),
  release: () => undefined,
};

/** A Redis that has not answered by then is left out; nobody waits but the write itself. */
const PATIENCE_MS = 250;

/**
 * Makes claims that last as many milliseconds as `lifetimeMs` gives at the time, 0 for none; without
 * an answer from Redis a claim counts as granted.
 */
export function createTouchClaims(
  link: RedisLink,
  prefix: string,
  lifetimeMs: () => number,
): TouchClaims {
  const keyOf = (sessionId: string): string => `${prefix}seen:${sessionId}`;

  async function claim(seen: LastSeen, nowMs: number): Promise<LastSeen | null> {
    const { sessionId, lastSeenAtMs } = seen;
    const lifetime = lifetimeMs();
    const leftMs = Math.min(lifetime, lastSeenAtMs + lifetime - nowMs);
    if (leftMs <= 0) return null;
    const unlessClaimed = ['NX', 'GET', 'PX', String(Math.ceil(leftMs))];
    const holder = await link
      .send('SET', keyOf(sessionId), String(lastSeenAtMs), ...unlessClaimed)
      .catch(() => null);
    const heldFromMs = Number(holder);
    // What no instance can have written is no claim: whoever else writes there keeps nothing alive.
    const canBe = Math.abs(nowMs - heldFromMs) < lifetime + FARTHEST_CLOCKS_MS;
    return canBe ? { sessionId, lastSeenAtMs: Math.floor(heldFromMs) } : null;
  }

  return {
    async heldElsewhere(batch, nowMs) {
      if (!link.isReady()) return [];
      const held: LastSeen[] = [];
      const claims = batch.map(async (seen) => {
        const other = await claim(seen, nowMs);
        if (other) held.push(other);
      });
      await withinPatience(Promise.all(claims));
      return [...held];
    },

    release(batch) {
      if (!link.isReady() || batch.length === 0) return;
      link.send('DEL', ...batch.map(({ sessionId }) => keyOf(sessionId))).catch(() => undefined);
    },
  };
}

async function withinPatience(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
