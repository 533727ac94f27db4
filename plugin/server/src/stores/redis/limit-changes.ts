import { isCount, isObject, remembered } from '../stored-json';
import type { Kept } from '../limit-store';
import type { RedisLink } from './connection';
import {
  BEGINNING,
  createStreamReader,
  fieldOf,
  isBefore,
  type StreamEntry,
} from './stream-reader';

/** What is remembered under a key from now on; `null` stands for nothing. */
export interface LimitNews {
  key: string;
  to: Kept | null;
}

/** The key of the stream of news, to which each change is added together with being made. */
export function newsKey(prefix: string): string {
  return `${prefix}limits:news`;
}

/** How many entries are kept, a few more or less: an instance that starts reads them all. */
export const MOST_NEWS = 10_000;

/** How long after the last of them they are forgotten, in milliseconds: no limit looks back further. */
export const NEWS_KEPT_MS = 24 * 60 * 60_000;

/** The field of an entry that holds its news as text. */
export const NEWS_FIELD = 'news';

/** Follows the stream whenever its connection is ready; has the connection for itself. */
export interface LimitNewsReader {
  /** To be called each time the connection becomes ready. */
  follow(): Promise<void>;
}

/**
 * Makes a reader of what all instances remember together, so that each knows it when Redis is gone.
 *
 * It tells of this instance's own changes too: all are to come in the order in which they were made.
 */
export function createLimitNewsReader(
  link: RedisLink,
  prefix: string,
  hear: (news: LimitNews) => void,
): LimitNewsReader {
  const stream = createStreamReader(link, newsKey(prefix));
  let position = BEGINNING;

  /** A stream that ends before where the reader stands has been emptied and begun anew. */
  async function notice(): Promise<void> {
    const [end] = (await stream.newest()) ?? [BEGINNING];
    if (isBefore(end, position)) position = BEGINNING;
  }

  async function read(): Promise<never> {
    for (;;) {
      const entries = await stream.after(position);
      if (entries.length === 0) await notice();
      for (const entry of entries) {
        newsIn(entry).forEach(hear);
        [position] = entry;
      }
    }
  }

  return { follow: () => stream.follow(read) };
}

/** Reads an entry; one that nobody can read tells nothing. */
function newsIn(entry: StreamEntry): LimitNews[] {
  return remembered(fieldOf(entry, NEWS_FIELD), isNews) ?? [];
}

function isNews(value: unknown): value is LimitNews[] {
  return Array.isArray(value) && value.every(isOneNews);
}

function isOneNews(value: unknown): boolean {
  if (!isObject(value) || typeof value.key !== 'string') return false;
  const { to } = value;
  return to === null || (isObject(to) && typeof to.text === 'string' && isCount(to.forgetAtMs));
}
