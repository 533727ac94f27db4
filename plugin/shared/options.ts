/**
 * The options of config/plugins; docs/configuration.md has the purpose, bounds and default of each.
 */
export interface SessionManagerOptions {
  /** Milliseconds. */
  lastSeenRateLimit?: number | null;
  /** Milliseconds. */
  inactivityTimeout?: number | null;
  onInactive?: 'mark' | 'terminate' | null;
  /** Milliseconds, or the end of the tokens. */
  absoluteTimeout?: number | 'token' | null;
  /** Sessions. -1 or `null`: no limit. */
  maxSessionsPerUser?: number | null;
  onLimit?: 'evict-oldest' | 'deny-new' | null;
  terminateOnRoleChange?: boolean | null;
  strict?: boolean | null;
  /** Milliseconds. */
  refreshRetryWindow?: number | null;
  onRefreshReuse?: 'terminate' | 'refuse' | 'tolerate' | null;
  /** The limits of failed logins. */
  failedLogins?: FailedLoginOptions | null;
  /** Days. -1 or `null`: forever. */
  terminatedRetentionDays?: number | null;
  /** Days. -1 or `null`: forever. */
  journalRetentionDays?: number | null;
  storeTokens?: boolean | null;
  /** 32 bytes in base64. */
  encryptionKey?: string | null;
  /** Keys that only open older tokens, comma-separated or as a list. */
  encryptionKeyPrevious?: string | readonly string[] | null;
  /** A URL, or the options of a connection; `false` ignores `REDIS_URL`. */
  redis?: RedisOptions | string | false | null;
  /** Whether to remember users and permissions: for 2,000 milliseconds, or as long as `maxAgeMs` says. */
  principalCache?: boolean | { maxAgeMs?: number } | null;
  /** Whether countries and kinds of networks are shown, and by which files besides those of the plugin. */
  geo?: boolean | GeoFiles | null;
  /** Five fields of a cron expression, in server time. */
  cleanupCron?: string | null;
}

/** Paths of files of the operator; docs/geography.md says what they hold. */
export interface GeoFiles {
  /** A database of cities or countries in the format MMDB. */
  city?: string | null;
  /** A database of autonomous systems in the format MMDB. */
  asn?: string | null;
  /** Texts with a network on each line, by the kind of the networks. */
  lists?: {
    relay?: string | null;
    tor?: string | null;
    vpn?: string | null;
    proxy?: string | null;
    hosting?: string | null;
  } | null;
}

/** The limits of failed logins; docs/login-protection.md says what they mean. */
export interface FailedLoginOptions {
  enabled?: boolean | null;
  /** Failed logins in any 24 hours. */
  perAccount?: number | null;
  /** Failed logins in any 24 hours. */
  perAddress?: number | null;
  /** Failed logins in a row. */
  maxConsecutive?: number | null;
  /** Addresses, and networks such as `10.0.0.0/8`, comma-separated or as a list. */
  trustedNetworks?: string | readonly string[] | null;
}

/**
 * The address of Redis, and the prefix of the plugin's keys there.
 *
 * Redis is one server (`url`, `client`), the master that sentinels name (`sentinel`), or a cluster
 * (`cluster`).
 */
export interface RedisOptions {
  url?: string;
  /** The prefix of every key; it contains no `{` and no `}`. */
  prefix?: string;
  /** Further options of `createClient` of the `redis` package. */
  client?: Record<string, unknown>;
  /** Options of `createSentinel` of the `redis` package. */
  sentinel?: Record<string, unknown> & { name: string; sentinelRootNodes: readonly object[] };
  /** Options of `createCluster` of the `redis` package. */
  cluster?: Record<string, unknown> & { rootNodes: readonly object[] };
}
