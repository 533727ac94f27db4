import type { CleanUpReport } from './clean-up';
import type { KeyView } from './settings';

/** How long after its last request a session counts as online, in milliseconds. */
export const ONLINE_WITHIN_MS = 5 * 60_000;

/** How many sessions there are, by what they are doing. */
export interface SessionCounts {
  active: number;
  inactive: number;
  terminated: number;
  /** Active ones seen within the last five minutes. */
  online: number;
  /** Those that were terminated since the instant that the request names, or since midnight UTC. */
  terminatedSince: number;
}

/** Progress of resealing: tokens sealed again, and tokens under a key that is not configured. */
export interface ResealingView {
  resealed: number;
  unknown: number;
  done: boolean;
}

/** How the connection to Redis is doing, as the instance that answers finds it. */
export interface RedisView {
  connected: boolean;
  /** Since when it is not connected; `null` while it is. */
  awaySince: string | null;
  /** Round trip of the last ping, or how long the one under way waits if that is more already. */
  pingMs: number | null;
}

/** How closely the instance that answers follows the database. */
export interface FeedView {
  /** How old the last answer is, counted from when it was asked for; `null` before the first. */
  ageMs: number | null;
  /** How long the database took for it. */
  tookMs: number | null;
}

/** The answer of `GET /status`. */
export interface StatusResponse {
  data: {
    version: string;
    wasmBytes: number;
    /** SHA-256 of the WebAssembly module in hexadecimal digits, as docs/compatibility.md names it. */
    wasmSha256: string;
    /** How often the core of this process has failed and was replaced: 0, or there is a bug. */
    traps: number;
    key: KeyView;
    /** How many tokens were sealed under that key, and from how many on it is to be replaced. */
    seals: { total: number; warnAt: number };
    /** Progress of resealing under the current key; `null` before it has begun. */
    resealing: ResealingView | null;
    /** The last whole one, on whichever instance; `null` before the first. */
    cleanUp: CleanUpReport | null;
    /** How many instances there are, as last known; `null` without Redis, by which they are counted. */
    instances: number | null;
    /** `null` where none is configured. */
    redis: RedisView | null;
    feed: FeedView;
    /** How long an instance trusts what it knows without asking. */
    leaseMs: number;
    sessions: SessionCounts;
  };
}
