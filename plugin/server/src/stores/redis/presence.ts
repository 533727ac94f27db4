import { monotonicMs } from '../../clock';
import type { RedisConnection } from './connection';

/** Knows how many instances there are. */
export interface Presence {
  /** Gives the number of instances as it was last known; at least 1, which is this one. */
  instances(): number;
  /** Says that this instance is there; to be called when the connection is. */
  announce(): void;
  /** Says how many instances there were once, which holds until they are counted. */
  atLeast(instances: number): void;
  start(): void;
  stop(): void;
}

/** How often an instance says that it is there, in milliseconds. */
const PERIOD_MS = 2000;

/** How long it counts after it last said so, in milliseconds. */
const LIFETIME_MS = 10_000;

/** Goes by the clock of Redis, so that the instances' own need not agree. */
const ANNOUNCE_SCRIPT = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return redis.call('ZCARD', KEYS[1])`;

/** Makes the presence of one instance. */
export function createPresence(
  connection: RedisConnection,
  prefix: string,
  instanceId: string,
): Presence {
  const key = `${prefix}instances`;
  let instances = 1;
  let beforeArrival = 1;
  let arrivedAtMs = 0;
  let timer: NodeJS.Timeout | null = null;

  async function count(): Promise<void> {
    const counted = Number(
      await connection.send('EVAL', ANNOUNCE_SCRIPT, '1', key, instanceId, String(LIFETIME_MS)),
    );
    // Not all that were there before may have come back yet.
    const isEarly = monotonicMs() - arrivedAtMs < LIFETIME_MS;
    instances = isEarly ? Math.max(beforeArrival, counted) : counted;
  }

  const show = (): void => {
    if (connection.isReady()) count().catch(() => undefined);
  };

  return {
    instances: () => instances,

    announce() {
      beforeArrival = instances;
      arrivedAtMs = monotonicMs();
      show();
    },

    atLeast(once) {
      instances = Math.max(instances, once);
      beforeArrival = Math.max(beforeArrival, once);
    },

    start() {
      timer = setInterval(show, PERIOD_MS).unref();
    },

    stop() {
      if (timer) clearInterval(timer);
    },
  };
}
