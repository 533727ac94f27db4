import type { FeedView } from '../../../../shared/contracts';
import { monotonicMs, nowMs } from '../../clock';
import {
  PAGE_SIZE,
  type FeedStore,
  type Position,
} from '../../stores/database/sessions/feed-store';
import { MAX_CLOCK_SKEW_MS, MAX_COMMIT_DELAY_MS } from '../../stores/database/sql/timely-write';
import type { NotBeforeCache } from '../../stores/memory/not-before-cache';
import type { SessionCache } from '../../stores/memory/session-cache';
import {
  COUNTER,
  PRINCIPALS,
  writtenSince,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import { reportOnce } from '../../async/report-once';
import type { RemoteTerminations } from './remote-terminations';

/** The lease: how long this process trusts an answer of the database, in milliseconds. */
export const LEASE_MS = 2000;

const PERIOD_MS = 1000;

/** The overlap of a poll's window with the previous one, in milliseconds. */
const OVERLAP_MS = MAX_CLOCK_SKEW_MS + MAX_COMMIT_DELAY_MS;

/** A poll reads no more pages of terminations; each session is read again instead. */
const MAX_PAGES = 10;

/** The maximum number of sessions that one poll confirms; the others wait for the next poll. */
const MAX_CONFIRMED = 5000;

/** Dependencies of {@link createTerminationFeed}. */
export interface TerminationFeedParts {
  store: FeedStore;
  notBefores: NotBeforeStore;
  cache: SessionCache;
  notBeforeCache: NotBeforeCache;
  remote: RemoteTerminations;
  /** Takes the number of changes of users, roles, permissions and settings. */
  heardOfPrincipals: (changes: number) => void;
  /** Receives the first failure in a row, and `null` at the first success after it. */
  report: (error: Error | null) => void;
}

/** Polls the database once a second for terminations by other instances. */
export interface TerminationFeed {
  start(): void;
  /** Stops after the current poll. */
  stop(): Promise<void>;
  /** Polls immediately, or once more after the current poll. */
  pollNow(): void;
  /** Tells whether the cache has all terminations since a monotonic instant, up to the lease. */
  covers(sinceMs: number): boolean;
  /** Makes the next poll confirm a session by its own row. */
  confirmNext(sessionId: string): void;
  /** Returns the age and the duration of the last poll. */
  view(): FeedView;
}

/** Creates a feed; before its first poll it covers nothing. */
export function createTerminationFeed(parts: TerminationFeedParts): TerminationFeed {
  const { store, notBefores, cache, notBeforeCache, remote, heardOfPrincipals, report } = parts;
  const toConfirm = new Set<string>();
  let confirmedAtMs = Number.NEGATIVE_INFINITY;
  /** Polls have no gap since this monotonic instant. */
  let coveredFromMs = Number.POSITIVE_INFINITY;
  /** The wall clock at the last successful poll. */
  let polledUpToMs: number | null = null;
  let tookMs: number | null = null;

  /** Reads terminations; returns false if there were too many. */
  async function readTerminations(fromMs: number): Promise<boolean> {
    let after: Position | null = null;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await store.terminations(fromMs, after);
      for (const { sessionId, reason } of page) cache.terminate(sessionId, reason ?? 'admin');
      remote.found(page);
      after = page.at(-1) ?? null;
      if (page.length < PAGE_SIZE) return true;
    }
    if (after) remote.readOn(after);
    return false;
  }

  async function readNotBefores(fromMs: number): Promise<void> {
    for await (const row of writtenSince(notBefores, fromMs, PRINCIPALS - 1)) {
      if (row.userId === PRINCIPALS) heardOfPrincipals(row.revocation);
      if (row.userId <= COUNTER) continue;
      notBeforeCache.put(row);
      remote.foundRevocation(row);
    }
  }

  /** Returns whether the window was read completely. */
  async function readWindow(fromMs: number): Promise<boolean> {
    remote.pollFrom(fromMs);
    const isComplete = await readTerminations(fromMs);
    await readNotBefores(fromMs);
    return isComplete;
  }

  /** Only this detects deleted rows, and terminations outside of the window. */
  async function confirm(sessionIds: string[], askedAtMs: number): Promise<void> {
    const found = await store.confirmations(sessionIds);
    remote.found(found);
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
    const sessionIds = [...toConfirm].slice(0, MAX_CONFIRMED);
    sessionIds.forEach((sessionId) => toConfirm.delete(sessionId));
    try {
      const unbroken = fromMs !== null && (await readWindow(fromMs));
      // Where polls have a gap, each session is read again, and the not-before row of its user too.
      if (!unbroken) coveredFromMs = askedAtMs;
      if (fromMs === null) await remote.start(now - OVERLAP_MS);
      await confirm(sessionIds, askedAtMs);
    } catch (error) {
      sessionIds.forEach((sessionId) => toConfirm.add(sessionId));
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

  async function sleep(ms: number): Promise<void> {
    if (isPollRequested || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One loop runs all polls, so no poll runs inside the transaction of a caller of `pollNow`. */
  async function run(): Promise<void> {
    while (!stopped) {
      const beganAtMs = monotonicMs();
      isPollRequested = false;
      await attempt(poll);
      await sleep(Math.max(0, beganAtMs + PERIOD_MS - monotonicMs()));
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
