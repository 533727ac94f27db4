import { FARTHEST_CLOCKS_MS } from '../database/sql/timely-write';
import type { LastSeen } from '../database/sessions/session-store';
import type { RedisLink } from './connection';

/** What came of claiming the writes of a batch. */
export interface Claimed {
  /** Those that others have claimed, each with the instant that is written instead. */
  heldElsewhere: LastSeen[];
  /** Gives back what was granted, because its write has failed. */
  release(): void;
}

/** Agrees with other instances on who writes down when a session was last seen. */
export interface TouchClaims {
  /** Claims the write of each session for a time that began when it was seen. */
  claim(batch: LastSeen[], nowMs: number): Promise<Claimed>;
}

/** Claims nothing: every instance writes for itself. */
export const NO_CLAIMS: TouchClaims = {
  claim: () => Promise.resolve({ heldElsewhere: [], release: () => undefined }),
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
    const holder = await link.send('SET', key, String(lastSeenAtMs), ...unlessClaimed);
    if (holder === null) {
      onGranted(key);
      return null;
    }
    const heldFromMs = Number(holder);
    // What no instance can have written is no claim: whoever else writes there keeps nothing alive.
    const canBe = Math.abs(nowMs - heldFromMs) < lifetime + FARTHEST_CLOCKS_MS;
    return canBe ? { sessionId, lastSeenAtMs: Math.floor(heldFromMs) } : null;
  }

  function giveBack(keys: string[]): void {
    if (link.isReady() && keys.length > 0) link.send('DEL', ...keys).catch(() => undefined);
  }

  return {
    async claim(batch, nowMs) {
      if (!link.isReady()) return await NO_CLAIMS.claim(batch, nowMs);
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
      await withinPatience(Promise.all(claims));
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

async function withinPatience(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
