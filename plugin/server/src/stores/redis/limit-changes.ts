import { isCount, isObject, parseStored } from '../stored-json';
import type { LimitEntry } from '../limit-store';
import type { RedisConnection } from './connection';
import { BEGINNING, createStreamReader, fieldOf, type StreamEntry } from './stream-reader';

/** The new value of a key; `null` means no value. */
export interface LimitChange {
  key: string;
  to: LimitEntry | null;
}

/** Returns the key of the stream of changes; the script that makes a change appends it there. */
export function limitChangesKey(prefix: string): string {
  return `${prefix}limits:changes`;
}

/** The approximate number of entries kept; an instance reads all of them when it starts. */
export const MAX_CHANGES = 10_000;

/** How long the stream outlives its newest entry, in milliseconds; no limit looks back further. */
export const CHANGES_KEPT_MS = 24 * 60 * 60_000;

/** The field of an entry that holds its changes as JSON text. */
export const CHANGES_FIELD = 'changes';

/** Follows the stream of changes over a dedicated connection. */
export interface LimitChangeReader {
  /** Call it each time the connection becomes ready. */
  follow(): Promise<void>;
}

/**
 * Creates a reader that keeps a replica of the shared limits for times without Redis.
 *
 * It also applies this instance's own changes, to apply all changes in the order of the stream.
 */
export function createLimitChangeReader(
  connection: RedisConnection,
  prefix: string,
  apply: (change: LimitChange) => void,
): LimitChangeReader {
  const stream = createStreamReader(connection, limitChangesKey(prefix));
  let position = BEGINNING;

  async function read(): Promise<never> {
    for (;;) {
      const entries = await stream.after(position);
      if (entries.length === 0 && (await stream.newestIfRestarted(position))) position = BEGINNING;
      for (const entry of entries) {
        changesIn(entry).forEach(apply);
        [position] = entry;
      }
    }
  }

  return { follow: () => stream.follow(read) };
}

/** Reads an entry; a malformed one holds no changes. */
function changesIn(entry: StreamEntry): LimitChange[] {
  return parseStored(fieldOf(entry, CHANGES_FIELD), isChangeList) ?? [];
}

function isChangeList(value: unknown): value is LimitChange[] {
  return Array.isArray(value) && value.every(isChange);
}

function isChange(value: unknown): boolean {
  if (!isObject(value) || typeof value.key !== 'string') return false;
  const { to } = value;
  return to === null || (isObject(to) && typeof to.text === 'string' && isCount(to.forgetAtMs));
}
