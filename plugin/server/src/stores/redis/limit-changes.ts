import { isCount, isObject, parseStored } from '../stored-json';
import type { LimitEntry } from '../limit-store';
import type { RedisConnection } from './connection';
import { BEGINNING, createStreamReader, fieldOf, type StreamEntry } from './stream-reader';

/** What is remembered under a key from now on; `null` stands for nothing. */
export interface LimitChange {
  key: string;
  to: LimitEntry | null;
}

/** The key of the stream of changes, to which each change is added together with being made. */
export function limitChangesKey(prefix: string): string {
  return `${prefix}limits:changes`;
}

/** How many entries are kept, a few more or less: an instance that starts reads them all. */
export const MAX_CHANGES = 10_000;

/** How long after the last of them they are forgotten, in milliseconds: no limit looks back further. */
export const CHANGES_KEPT_MS = 24 * 60 * 60_000;

/** The field of an entry that holds its news as text. */
export const CHANGES_FIELD = 'changes';

/** Follows the stream whenever its connection is ready; has the connection for itself. */
export interface LimitChangeReader {
  /** To be called each time the connection becomes ready. */
  follow(): Promise<void>;
}

/**
 * Makes a reader of what all instances remember together, so that each knows it when Redis is gone.
 *
 * It tells of this instance's own changes too: all are to come in the order in which they were made.
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

/** Reads an entry; one that nobody can read tells nothing. */
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
