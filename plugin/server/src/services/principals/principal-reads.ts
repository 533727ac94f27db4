import type { PrincipalCacheView } from '../../../../shared/contracts';
import { monotonicMs } from '../../clock';
import type { PrincipalAnswer, PrincipalCache } from '../../stores/memory/principal-cache';
import { LEASE_MS } from '../instances/termination-feed';

/** A read of the database about who asks, by what it depends on. */
export type ReadName = `user:${number}` | `role:${number}` | 'settings';

/** An answer, with a number that tells whether it still holds. */
export interface CurrentAnswer extends PrincipalAnswer {
  generation: number;
}

/** A read, and the SQL statements that it costs. */
export interface PrincipalRead {
  name: ReadName;
  statements: number;
  fromDatabase: () => Promise<unknown>;
}

/**
 * What Strapi reads to find out who asks: the user, the role's permissions, the settings.
 *
 * Without a cache every read goes to the database.
 */
export interface PrincipalReads {
  /** Whether answers are kept from one request to the next. */
  readonly isCached: boolean;
  /** Returns an answer that holds, or reads it. */
  read(read: PrincipalRead): Promise<CurrentAnswer>;
  /** Tells whether nothing has changed since an answer was read. */
  isCurrent(answer: CurrentAnswer): boolean;
  /** Drops what was read of a user. */
  dropUser(userId: number): void;
  /** Drops the settings of users-permissions. */
  dropSettings(): void;
  /** Drops everything. */
  dropAll(): void;
  /** Drops everything, and remembers nothing from now on. */
  stop(): void;
  /** Returns what the cache does; `null` without one. */
  view(): PrincipalCacheView | null;
}

/** Dependencies of {@link createPrincipalReads}. */
export interface PrincipalReadsParts {
  cache: PrincipalCache;
  /** The longest time for which an answer is kept, in milliseconds; `null` keeps none. */
  maxAgeMs: number | null;
  /** Tells whether the changes by other instances since a monotonic instant are known. */
  covers: (sinceMs: number) => boolean;
}

/** Creates the reads; a cache that cannot tell whether an answer holds asks the database. */
export function createPrincipalReads({
  cache,
  maxAgeMs,
  covers,
}: PrincipalReadsParts): PrincipalReads {
  let isStopped = false;
  let isSweepDue = false;
  let generation = 0;
  let hits = 0;
  let misses = 0;
  let savedStatements = 0;

  function holds(readAtMs: number): boolean {
    const ageMs = monotonicMs() - readAtMs;
    return ageMs < (maxAgeMs ?? 0) && (ageMs < LEASE_MS || covers(readAtMs));
  }

  function dropAll(): void {
    generation += 1;
    cache.clear();
  }

  /** No answer stays in memory for much longer than it holds. */
  function sweepLater(ageMs: number): void {
    if (isSweepDue) return;
    isSweepDue = true;
    const sweep = (): void => {
      isSweepDue = false;
      cache.deleteBefore(monotonicMs() - ageMs);
      if (cache.view().answers > 0) sweepLater(ageMs);
    };
    setTimeout(sweep, ageMs).unref();
  }

  return {
    isCached: maxAgeMs !== null,

    stop() {
      isStopped = true;
      dropAll();
    },

    async read({ name, statements, fromDatabase }) {
      const known = maxAgeMs === null || isStopped ? null : cache.get(name);
      if (known && holds(known.readAtMs)) {
        hits += 1;
        savedStatements += statements;
        return { ...known, generation };
      }
      const beganIn = generation;
      const readAtMs = monotonicMs();
      const row = await fromDatabase();
      if (maxAgeMs !== null) {
        misses += 1;
        // A change while it was read may be missing in it.
        if (row !== null && beganIn === generation && !isStopped) {
          cache.put(name, { row, readAtMs });
          sweepLater(maxAgeMs);
        }
      }
      return { row, readAtMs, generation: beganIn };
    },

    isCurrent: (answer) =>
      answer.generation === generation && monotonicMs() - answer.readAtMs < LEASE_MS,

    dropUser(userId) {
      generation += 1;
      cache.delete(`user:${userId}` satisfies ReadName);
    },

    dropSettings() {
      generation += 1;
      cache.delete('settings' satisfies ReadName);
    },

    dropAll,

    view() {
      if (maxAgeMs === null) return null;
      const { answers, bytes, oldestAtMs } = cache.view();
      const oldestMs = oldestAtMs === null ? null : Math.round(monotonicMs() - oldestAtMs);
      return { maxAgeMs, answers, bytes, hits, misses, savedStatements, oldestMs };
    },
  };
}
