import type { FeedView } from '../../../../shared/contracts';
import { monotonicMs, nowMs } from '../../clock';
import {
  PAGE_SIZE,
  type TerminationRecord,
  type FeedStore,
} from '../../stores/database/sessions/feed-store';
import { MAX_CLOCK_SKEW_MS, MAX_COMMIT_DELAY_MS } from '../../stores/database/sql/timely-write';
import type { NotBeforeCache } from '../../stores/memory/not-before-cache';
import type { SessionCache } from '../../stores/memory/session-cache';
import { writtenSince, type NotBeforeStore } from '../../stores/database/not-before-store';
import { reportOnce } from '../../async/report-once';

/** How long this process trusts what the database said, in milliseconds. */
export const LEASE_MS = 2000;

const PERIOD_MS = 1000;

/** How far a poll looks back behind the one before it. */
const OVERLAP_MS = MAX_CLOCK_SKEW_MS + MAX_COMMIT_DELAY_MS;

/** A window with more endings than this is not read; every session is asked for anew instead. */
const MAX_PAGES = 10;

/** How many sessions one poll confirms by name; the others wait for the next one. */
const MAX_CONFIRMED = 5000;

/** What {@link createTerminationFeed} works with. */
export interface TerminationFeedParts {
  store: FeedStore;
  notBefores: NotBeforeStore;
  cache: SessionCache;
  notBeforeCache: NotBeforeCache;
  /** Is told of the first failure in a row, and with `null` of the end of the failures. */
  report: (error: Error | null) => void;
}

/** Follows in the database, once a second, what other instances have ended. */
export interface TerminationFeed {
  start(): void;
  /** Stops after the poll under way. */
  stop(): Promise<void>;
  /** Polls at once; a poll under way is followed by another one. */
  pollNow(): void;
  /** Says whether all that ended since a monotonic instant is known here, but for the last lease. */
  covers(sinceMs: number): boolean;
  /** Makes the next poll confirm a session by its own row. */
  confirmNext(sessionId: string): void;
  /** Says how closely the database is followed. */
  view(): FeedView;
}

/** Makes the feed; until it has started it covers nothing. */
export function createTerminationFeed(parts: TerminationFeedParts): TerminationFeed {
  const { store, notBefores, cache, notBeforeCache, report } = parts;
  const toConfirm = new Set<string>();
  let confirmedAtMs = Number.NEGATIVE_INFINITY;
  /** Since when no poll has missed anything. */
  let coveredFromMs = Number.POSITIVE_INFINITY;
  /** The wall clock at the newest poll that succeeded. */
  let polledUpToMs: number | null = null;
  let tookMs: number | null = null;

  /** Reads what ended; false if that was too much. */
  async function readTerminations(fromMs: number): Promise<boolean> {
    let after: TerminationRecord | null = null;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await store.terminations(fromMs, after);
      for (const { sessionId, reason } of page) cache.terminate(sessionId, reason ?? 'admin');
      after = page.at(-1) ?? null;
      if (page.length < PAGE_SIZE) return true;
    }
    return false;
  }

  async function readNotBefores(fromMs: number): Promise<void> {
    for await (const notBefore of writtenSince(notBefores, fromMs)) notBeforeCache.raise(notBefore);
  }

  /** A row that is gone, or ended outside the window, shows here only. */
  async function confirm(sessionIds: string[], askedAtMs: number): Promise<void> {
    const found = await store.confirmations(sessionIds);
    const gone = new Set(sessionIds);
    for (const confirmation of found) {
      gone.delete(confirmation.sessionId);
      cache.confirm(confirmation, askedAtMs);
    }
    gone.forEach((sessionId) => cache.forget(sessionId));
  }

  async function poll(): Promise<void> {
    const askedAtMs = monotonicMs();
    const now = nowMs();
    const fromMs = polledUpToMs === null ? null : Math.min(polledUpToMs, now) - OVERLAP_MS;
    const names = [...toConfirm].slice(0, MAX_CONFIRMED);
    names.forEach((sessionId) => toConfirm.delete(sessionId));
    try {
      const unbroken = fromMs !== null && (await readTerminations(fromMs));
      await readNotBefores(unbroken ? fromMs : 0);
      await confirm(names, askedAtMs);
      if (!unbroken) coveredFromMs = askedAtMs;
    } catch (error) {
      names.forEach((sessionId) => toConfirm.add(sessionId));
      throw error;
    }
    polledUpToMs = now;
    confirmedAtMs = askedAtMs;
    tookMs = monotonicMs() - askedAtMs;
  }

  const attempt = reportOnce(
    (error) => report(error instanceof Error ? error : new Error(String(error))),
    () => report(null),
  );

  let running: Promise<void> | null = null;
  let stopped = false;
  let isPollRequested = false;
  let wake = (): void => undefined;

  async function rest(ms: number): Promise<void> {
    if (isPollRequested || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One loop from the start on, so that no poll runs inside the transaction of whoever hurries it. */
  async function run(): Promise<void> {
    while (!stopped) {
      const beganAtMs = monotonicMs();
      isPollRequested = false;
      await attempt(poll);
      await rest(Math.max(0, beganAtMs + PERIOD_MS - monotonicMs()));
    }
  }

  return {
    start() {
      running ??= run();
    },

    async stop() {
      stopped = true;
      wake();
      await running;
    },

    pollNow() {
      isPollRequested = true;
      wake();
    },

    covers: (sinceMs) => sinceMs >= coveredFromMs && monotonicMs() - confirmedAtMs < LEASE_MS,

    confirmNext(sessionId) {
      toConfirm.add(sessionId);
    },

    view: () => ({ ageMs: tookMs === null ? null : monotonicMs() - confirmedAtMs, tookMs }),
  };
}
