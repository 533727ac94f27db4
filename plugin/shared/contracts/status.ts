import type { CleanUpReport } from './clean-up';
import type { KeyView } from './settings';

/** A session counts as online for this long after its last request, in milliseconds. */
export const ONLINE_WITHIN_MS = 5 * 60_000;

/** The numbers of sessions by state. */
export interface SessionCounts {
  active: number;
  inactive: number;
  terminated: number;
  /** Active sessions seen within the last five minutes. */
  online: number;
  /** Sessions terminated since the instant that the request names, or since midnight UTC. */
  terminatedSince: number;
}

/** The progress of resealing. */
export interface ResealingView {
  /** Tokens sealed again under the current key. */
  resealed: number;
  /** Tokens sealed under a key that is not configured. */
  unknown: number;
  done: boolean;
}

/** The connection to Redis of the instance that responds. */
export interface RedisView {
  connected: boolean;
  /** Since when it is disconnected; `null` while it is connected. */
  awaySince: string | null;
  /** The round trip of the last ping, or the wait of the pending ping where that is longer. */
  pingMs: number | null;
}

/** An address that many users share. */
export interface SharedAddress {
  ip: string;
  /** The users among the newest sessions who logged in from there. */
  users: number;
}

/** How closely the instance that responds follows the database. */
export interface FeedView {
  /** The age of the last poll, counted from its start; `null` before the first. */
  ageMs: number | null;
  /** The duration of the last poll; `null` before the first. */
  tookMs: number | null;
}

/** The users and permissions that the instance remembers, and what that has saved since its start. */
export interface PrincipalCacheView {
  /** The longest time for which an answer of the database is kept, in milliseconds. */
  maxAgeMs: number;
  /** The answers in memory, and their size. */
  answers: number;
  bytes: number;
  /** The answers from memory, and those of the database. */
  hits: number;
  misses: number;
  savedStatements: number;
  /** The age of the oldest answer in memory, in milliseconds; `null` without one. */
  oldestMs: number | null;
}

/**
 * Why a file of the operator is not in use in its newest version. `missing`: there is none. `unreadable`: the system does
 * not let it be read. `wrong_content`: it is no database or a damaged one, or no line of the list has a network.
 */
export type GeoFileProblem = 'missing' | 'unreadable' | 'wrong_content';

/** A file of the operator with places or networks. */
export interface GeoFileView {
  /** The option that names it, such as `geo.city`. */
  option: string;
  /** When the version in use was read; `null` where none is in use. */
  loadedAt: string | null;
  /** When its maker made it; `null` for a list. */
  madeAt: string | null;
  /** The ranges of addresses of a list, where adjacent networks are one; `null` for a database. */
  ranges: number | null;
  /** The lines of a list that have no network; `null` for a database. */
  skippedLines: number | null;
  /** `null` where the newest version is in use. */
  problem: GeoFileProblem | null;
}

/** The answer of `GET /status`. */
export interface StatusResponse {
  data: {
    version: string;
    wasmBytes: number;
    /**
     * SHA-256 of the WebAssembly module in hexadecimal digits, as docs/compatibility.md names it.
     */
    wasmSha256: string;
    /** How often the core of this process failed and was replaced; 0 unless there is a bug. */
    traps: number;
    /**
     * The functions of Strapi at which this process does not protect sessions; none unless Strapi,
     * an app or another plugin replaced them.
     */
    unprotected: string[];
    key: KeyView;
    /** The number of tokens sealed under that key, and the number at which to replace the key. */
    seals: { total: number; warnAt: number };
    /** Progress of resealing under the current key; `null` before it has begun. */
    resealing: ResealingView | null;
    /** The last clean-up that finished, on any instance; `null` before the first. */
    cleanUp: CleanUpReport | null;
    /** The last known number of instances; `null` without Redis, which counts them. */
    instances: number | null;
    /** `null` where no Redis is configured. */
    redis: RedisView | null;
    feed: FeedView;
    /** The operator's files of places and networks, as the instance that responds has read them. */
    geoFiles: GeoFileView[];
    /** `null` unless `principalCache` is on. */
    principalCache: PrincipalCacheView | null;
    /** How long an instance trusts its cache without an answer of the database. */
    leaseMs: number;
    /**
     * The address from which most users have logged in of late; `null` unless there is one. It is
     * probably that of a proxy that Strapi does not trust.
     */
    sharedAddress: SharedAddress | null;
    sessions: SessionCounts;
  };
}
