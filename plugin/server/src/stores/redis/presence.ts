import { monotonicMs } from '../../clock';
import type { RedisConnection } from './connection';

/** Announces this instance and counts all instances. */
export interface Presence {
  /** Returns the last known number of instances; at least 1, for this one. */
  instances(): number;
  /** Announces this instance; call it each time the connection becomes ready. */
  announce(): void;
  /** Sets the smallest number of instances, which holds until they are counted. */
  atLeast(instances: number): void;
  start(): void;
  stop(): void;
}

/** The interval between two announcements, in milliseconds. */
const PERIOD_MS = 2000;

/** An instance counts for this long after its last announcement, in milliseconds. */
const LIFETIME_MS = 10_000;

/** Uses the clock of Redis, because the instances' clocks may differ. */
const ANNOUNCE_SCRIPT = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return redis.call('ZCARD', KEYS[1])`;

/** Creates the presence of one instance. */
export function createPresence(
  connection: RedisConnection,
  prefix: string,
  instanceId: string,
): Presence {
  const key = `${prefix}instances`;
  let instances = 1;
  let countBeforeConnect = 1;
  let connectedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  async function count(): Promise<void> {
    const counted = Number(
      await connection.send('EVAL', ANNOUNCE_SCRIPT, '1', key, instanceId, String(LIFETIME_MS)),
    );
    // Other instances may not have reconnected yet.
    const isEarly = monotonicMs() - connectedAtMs < LIFETIME_MS;
    instances = isEarly ? Math.max(countBeforeConnect, counted) : counted;
  }

  const countIfReady = (): void => {
    if (connection.isReady()) count().catch(() => undefined);
  };

  return {
    instances: () => instances,

    announce() {
      countBeforeConnect = instances;
      connectedAtMs = monotonicMs();
      countIfReady();
    },

    atLeast(expected) {
      instances = Math.max(instances, expected);
      countBeforeConnect = Math.max(countBeforeConnect, expected);
    },

    start() {
      timer = setInterval(countIfReady, PERIOD_MS).unref();
    },

    stop() {
      if (timer) clearInterval(timer);
    },
  };
}
