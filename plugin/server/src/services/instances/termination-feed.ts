import type { FeedView } from '../../../../shared/contracts';
import { monotonicMs, nowMs } from '../../clock';
import { PAGE_SIZE, type Ending, type FeedStore } from '../../stores/database/sessions/feed-store';
import { FARTHEST_CLOCKS_MS, LATEST_COMMIT_MS } from '../../stores/database/sql/timely-write';
import type { KnownInstants } from '../../stores/memory/not-before-cache';
import type { LocalView } from '../../stores/memory/session-cache';
import { INSTANT_PAGE_SIZE, type NotBeforeStore } from '../../stores/database/not-before-store';

/** How long this process trusts what the database said, in milliseconds. */
export const LEASE_MS = 2000;

const PERIOD_MS = 1000;

/** How far a poll looks back behind the one before it. */
const OVERLAP_MS = FARTHEST_CLOCKS_MS + LATEST_COMMIT_MS;

/** A window with more endings than this is not read; every session is asked for anew instead. */
const MAX_PAGES = 10;

/** How many sessions one poll confirms by name; the others wait for the next one. */
const MAX_CONFIRMED = 5000;

/** What {@link createDatabaseFeed} works with. */
export interface DatabaseFeedParts {
  store: FeedStore;
  notBefores: NotBeforeStore;
  view: LocalView;
  instants: KnownInstants;
  /** Is told of the first failure in a row, and with `null` of the end of the failures. */
  report: (error: Error | null) => void;
}

/** Follows in the database, once a second, what other instances have ended. */
export interface DatabaseFeed {
  start(): void;
  /** Stops after the poll under way. */
  stop(): Promise<void>;
  /** Polls at once; a poll under way is followed by another one. */
  hurry(): void;
  /** Says whether all that ended since a monotonic instant is known here, but for the last lease. */
  covers(sinceMs: number): boolean;
  /** Makes the next poll confirm a session by its own row. */
  confirmNext(sessionId: string): void;
  /** Says how closely the database is followed. */
  view(): FeedView;
}

/** Makes the feed; until it has started it covers nothing. */
export function createDatabaseFeed(parts: DatabaseFeedParts): DatabaseFeed {
  const { store, notBefores, view, instants, report } = parts;
  const relied = new Set<string>();
  let confirmedAtMs = Number.NEGATIVE_INFINITY;
  /** Since when no poll has missed anything. */
  let coveredFromMs = Number.POSITIVE_INFINITY;
  /** The wall clock at the newest poll that succeeded. */
  let polledUpToMs: number | null = null;
  let tookMs: number | null = null;
  let failing = false;

  /** Reads what ended; false if that was too much. */
  async function readEndings(fromMs: number): Promise<boolean> {
    let after: Ending | null = null;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await store.endings(fromMs, after);
      for (const { sessionId, reason } of page) view.terminate(sessionId, reason ?? 'admin');
      after = page.at(-1) ?? null;
      if (page.length < PAGE_SIZE) return true;
    }
    return false;
  }

  async function readInstants(fromMs: number): Promise<void> {
    let afterUserId = -1;
    for (;;) {
      const page = await notBefores.writtenSince(fromMs, afterUserId);
      page.forEach((instant) => instants.raise(instant));
      afterUserId = page.at(-1)?.userId ?? afterUserId;
      if (page.length < INSTANT_PAGE_SIZE) return;
    }
  }

  /** A row that is gone, or ended outside the window, shows here only. */
  async function confirm(sessionIds: string[], askedAtMs: number): Promise<void> {
    const found = await store.confirmations(sessionIds);
    const gone = new Set(sessionIds);
    for (const confirmation of found) {
      gone.delete(confirmation.sessionId);
      view.confirm(confirmation, askedAtMs);
    }
    gone.forEach((sessionId) => view.forget(sessionId));
  }

  async function poll(): Promise<void> {
    const askedAtMs = monotonicMs();
    const now = nowMs();
    const fromMs = polledUpToMs === null ? null : Math.min(polledUpToMs, now) - OVERLAP_MS;
    const names = [...relied].slice(0, MAX_CONFIRMED);
    names.forEach((sessionId) => relied.delete(sessionId));
    try {
      const unbroken = fromMs !== null && (await readEndings(fromMs));
      await readInstants(unbroken ? fromMs : 0);
      await confirm(names, askedAtMs);
      if (!unbroken) coveredFromMs = askedAtMs;
    } catch (error) {
      names.forEach((sessionId) => relied.add(sessionId));
      throw error;
    }
    polledUpToMs = now;
    confirmedAtMs = askedAtMs;
    tookMs = monotonicMs() - askedAtMs;
  }

  async function pollAndReport(): Promise<void> {
    try {
      await poll();
      if (failing) report(null);
      failing = false;
    } catch (error) {
      if (!failing) report(error instanceof Error ? error : new Error(String(error)));
      failing = true;
    }
  }

  let running: Promise<void> | null = null;
  let stopped = false;
  let hurried = false;
  let wake = (): void => undefined;

  async function rest(ms: number): Promise<void> {
    if (hurried || stopped) return;
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
      hurried = false;
      await pollAndReport();
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

    hurry() {
      hurried = true;
      wake();
    },

    covers: (sinceMs) => sinceMs >= coveredFromMs && monotonicMs() - confirmedAtMs < LEASE_MS,

    confirmNext(sessionId) {
      relied.add(sessionId);
    },

    view: () => ({ ageMs: tookMs === null ? null : monotonicMs() - confirmedAtMs, tookMs }),
  };
}
