import { monotonicMs, nowMs } from '../../clock';
import type { Change, LimitEntry, LimitStore } from '../../stores/limit-store';
import type { MemoryLimits } from '../../stores/memory/memory-limits';
import type { SharedLimits } from '../../stores/redis/redis-limits';
import { createOfflineStore } from './offline-store';
import { createDetached } from '../../async/detached';
import { createDeadline, type Deadline } from '../../async/deadline';
import { createKeyedMutex } from '../../async/keyed-mutex';

/** The stored texts of keys; `null` where there is none. */
export type Texts = readonly (string | null)[];

/** The circumstances of a decision. */
export interface DecisionContext {
  nowMs: number;
  /** The number of instances that share the limit without shared counts; 1 while Redis is ready. */
  shares: number;
}

/** The result of a rule, and the new value of each key. */
export interface RuleOutcome<Result> {
  result: Result;
  keep: readonly (LimitEntry | null)[];
}

/** Decides by the stored texts. It is pure: after a conflict it runs again. */
export type Rule<Result> = (texts: Texts, context: DecisionContext) => RuleOutcome<Result>;

/** Decides by stored counts, one decision after another per key. */
export interface SharedLimiter {
  /**
   * Decides by a rule; its changes apply to all instances, at the latest when Redis is back.
   *
   * @param decided Hears of the result before this process decides again by one of the keys.
   */
  decide<Result>(
    keys: readonly string[],
    rule: Rule<Result>,
    decided?: (result: Result) => void,
  ): Promise<Result>;
  /** Decides by a rule whose changes are not replayed when Redis is back. */
  decideForNow<Result>(keys: readonly string[], rule: Rule<Result>): Promise<Result>;
}

/** Dependencies of {@link createSharedLimiter}. */
export interface SharedLimiterParts {
  /** The decisions of this process without Redis; all decisions, where nothing is shared. */
  local: MemoryLimits;
  /** A replica of the shared limits, which the stream of changes updates. */
  replica: MemoryLimits;
  /** The shared limits; `null` where each instance decides for itself. */
  shared: SharedLimits | null;
  /** Returns the last known number of instances. */
  instances: () => number;
}

/** The deadline of Redis for one decision, in milliseconds. */
const REDIS_DEADLINE_MS = 50;

/**
 * The pause after a failure of Redis, in milliseconds; it doubles with each one up to the maximum.
 */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 1000;

/** The delay before pending decisions are replayed, in milliseconds. */
const REPLAY_AFTER_MS = 100;

/** The maximum number of pending decisions; the oldest are dropped. */
const MAX_PENDING = 10_000;

/** Thrown where Redis does not answer in time, or fails. */
class RedisUnavailable extends Error {}

/** Creates a deadline for one read and one swap; every failure becomes {@link RedisUnavailable}. */
function createRedisDeadline(): Deadline {
  const deadline = createDeadline(REDIS_DEADLINE_MS);
  return (work) =>
    deadline(work).catch(() => {
      throw new RedisUnavailable();
    });
}

/** A decision made without Redis. */
interface PendingDecision {
  keys: readonly string[];
  rule: Rule<unknown>;
  atMs: number;
  /** When the decision has no effect any more, in Unix milliseconds. */
  forgetAtMs: number;
}

/**
 * Creates a limiter whose limits apply to all instances together while Redis is ready.
 *
 * Each instance keeps a replica of the shared limits. Without Redis it continues from the replica
 * with its share of the remaining limit, and replays its decisions afterwards. A decision waits for
 * Redis for at most 50 ms, and never fails with it.
 */
export function createSharedLimiter({
  local,
  replica,
  shared,
  instances,
}: SharedLimiterParts): SharedLimiter {
  const offline = createOfflineStore(local, replica);
  const mutex = createKeyedMutex();
  const detached = createDetached();
  const pending: PendingDecision[] = [];
  let isReplaying = false;
  let timer: NodeJS.Timeout | null = null;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let pauseMs = FIRST_PAUSE_MS;

  const isSettled = (): boolean => pending.length === 0 && !isReplaying;

  const isReachable = (): boolean => Boolean(shared?.isReady()) && monotonicMs() >= pausedUntilMs;

  /** Decides by the shared limits; returns `null` where Redis is unavailable. */
  async function decideShared<Result>(
    keys: readonly string[],
    rule: Rule<Result>,
    atMs: number,
  ): Promise<RuleOutcome<Result> | null> {
    if (!shared || !isReachable()) return null;
    try {
      const context = { nowMs: atMs, shares: 1 };
      const outcome = await decideIn(shared, keys, rule, context, createRedisDeadline);
      pauseMs = FIRST_PAUSE_MS;
      // The stream of changes may fail: the replica takes over at least this change.
      if (outcome.changed)
        keys.forEach((key, place) => replica.put(key, outcome.keep[place] ?? null, nowMs()));
      return outcome;
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      pausedUntilMs = monotonicMs() + pauseMs;
      pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS);
      return null;
    }
  }

  async function decide<Result>(
    keys: readonly string[],
    rule: Rule<Result>,
    replay: boolean,
  ): Promise<Result> {
    const atMs = nowMs();
    const outcome = isSettled() ? await decideShared(keys, rule, atMs) : null;
    if (outcome) {
      // Another decision may have failed meanwhile and wait for its replay.
      if (isSettled()) local.clear();
      return outcome.result;
    }
    const context = { nowMs: atMs, shares: shared ? instances() : 1 };
    const { result, keep, changed } = await decideIn(offline, keys, rule, context);
    if (shared && replay && changed)
      replayLater({ keys, rule, atMs, forgetAtMs: latestExpiryIn(keep) });
    return result;
  }

  function replayLater(decision: PendingDecision): void {
    pending.push(decision);
    if (pending.length > MAX_PENDING) pending.shift();
    schedule();
  }

  function schedule(): void {
    detached(() => {
      timer ??= setTimeout(() => void replayAll(), REPLAY_AFTER_MS).unref();
    });
  }

  async function replayAll(): Promise<void> {
    isReplaying = true;
    for (let next = pending.shift(); next; next = pending.shift()) {
      if (await replay(next)) continue;
      pending.unshift(next);
      break;
    }
    isReplaying = false;
    timer = null;
    if (pending.length > 0) schedule();
    else local.clear();
  }

  /** Replays one decision unless it has expired; returns false if Redis is unavailable. */
  async function replay({ keys, rule, atMs, forgetAtMs }: PendingDecision): Promise<boolean> {
    if (forgetAtMs <= nowMs()) return true;
    try {
      return (await decideShared(keys, rule, atMs)) !== null;
    } catch {
      // A rule that throws would block the queue forever.
      return true;
    }
  }

  /** Runs jobs with a common key one after another; only other instances can cause conflicts. */
  function runExclusively<Result>(
    keys: readonly string[],
    job: () => Promise<Result>,
  ): Promise<Result> {
    return keys.reduceRight((inner, key) => () => mutex.run(key, inner), job)();
  }

  return {
    decide: (keys, rule, decided) =>
      runExclusively(keys, async () => {
        const result = await decide(keys, rule, true);
        decided?.(result);
        return result;
      }),

    decideForNow: (keys, rule) => runExclusively(keys, () => decide(keys, rule, false)),
  };
}

async function decideIn<Result>(
  store: LimitStore,
  keys: readonly string[],
  rule: Rule<Result>,
  context: DecisionContext,
  newDeadline: () => Deadline = () => (work) => work,
): Promise<RuleOutcome<Result> & { changed: boolean }> {
  for (;;) {
    const wait = newDeadline();
    const texts = await wait(store.read(keys, nowMs()));
    const outcome = rule(texts, context);
    const changes = changesOf(keys, texts, outcome.keep);
    const changed = changes.length > 0;
    if (!changed || (await wait(store.swap(changes, nowMs())))) return { ...outcome, changed };
  }
}

function changesOf(
  keys: readonly string[],
  texts: Texts,
  keep: RuleOutcome<unknown>['keep'],
): Change[] {
  return keys.flatMap((key, place) => {
    const [from, to] = [texts[place] ?? null, keep[place] ?? null];
    return from === (to?.text ?? null) ? [] : [{ key, from, to }];
  });
}

/** Returns the latest expiry; a deletion has none. */
function latestExpiryIn(keep: RuleOutcome<unknown>['keep']): number {
  return Math.max(...keep.map((entry) => entry?.forgetAtMs ?? Number.MAX_SAFE_INTEGER));
}
