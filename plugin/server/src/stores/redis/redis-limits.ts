import type { Change, LimitStore } from '../limit-store';
import {
  MAX_CHANGES,
  CHANGES_FIELD,
  CHANGES_KEPT_MS,
  limitChangesKey,
  type LimitChange,
} from './limit-changes';
import type { RedisConnection } from './connection';

/** The limit store that all instances share in Redis. */
export interface SharedLimits extends LimitStore {
  /** Tells whether the connection is ready. */
  isReady(): boolean;
}

/**
 * Replaces all values if each is as expected, and appends the changes to the stream.
 *
 * It appends first, because a refused `XADD` must leave the values unchanged. The last key is the
 * stream's. The last three arguments are the stream's length, its lifetime and the changes. An
 * empty text means no value.
 */
const SWAP_SCRIPT = `
  local stream = table.remove(KEYS)
  local changes = table.remove(ARGV)
  local kept = table.remove(ARGV)
  local most = table.remove(ARGV)
  for place, key in ipairs(KEYS) do
    if (redis.call('GET', key) or '') ~= ARGV[3 * place - 2] then return 0 end
  end
  redis.call('XADD', stream, 'MAXLEN', '~', most, '*', '${CHANGES_FIELD}', changes)
  redis.call('PEXPIRE', stream, kept)
  for place, key in ipairs(KEYS) do
    local text = ARGV[3 * place - 1]
    if text == '' then redis.call('DEL', key)
    else redis.call('SET', key, text, 'PX', ARGV[3 * place]) end
  end
  return 1`;

export function createRedisLimits(connection: RedisConnection, prefix: string): SharedLimits {
  const nameOf = (key: string): string => `${prefix}limits:${key}`;

  const argumentsOf = ({ from, to }: Change, nowMs: number): string[] => [
    from ?? '',
    to?.text ?? '',
    String(Math.max(1, (to?.forgetAtMs ?? 0) - nowMs)),
  ];

  return {
    isReady: () => connection.isReady(),

    async read(keys) {
      return (await connection.send('MGET', ...keys.map(nameOf))) as (string | null)[];
    },

    async swap(changes, nowMs) {
      const names = [...changes.map(({ key }) => nameOf(key)), limitChangesKey(prefix)];
      const values = changes.flatMap((change) => argumentsOf(change, nowMs));
      const published: LimitChange[] = changes.map(({ key, to }) => ({ key, to }));
      const added = [String(MAX_CHANGES), String(CHANGES_KEPT_MS), JSON.stringify(published)];
      const command = ['EVAL', SWAP_SCRIPT, String(names.length), ...names, ...values, ...added];
      return (await connection.send(...command)) === 1;
    },
  };
}
