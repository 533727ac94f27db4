import { monotonicMs, nowMs } from '../../clock';
import type { Change, LimitEntry, LimitStore } from '../../stores/limit-store';
import type { MemoryLimits } from '../../stores/memory/memory-limits';
import type { SharedLimits } from '../../stores/redis/redis-limits';
import { createOfflineStore } from './offline-store';
import { createDetached } from '../../async/detached';
import { createDeadline, type Deadline } from '../../async/deadline';
import { createKeyedMutex } from '../../async/keyed-mutex';

/** What is remembered under each of some keys. */
export type Texts = readonly (string | null)[];

/** When something happens, and how many instances share the limit without hearing of each other. */
export interface DecisionContext {
  nowMs: number;
  shares: number;
}

/** What a rule has decided, and what is to be remembered under each key from now on. */
export interface Ruling<Result> {
  result: Result;
  keep: readonly (LimitEntry | null)[];
}

/** Decides by what is remembered. Free of effects: where another was faster it is asked again. */
export type Rule<Result> = (texts: Texts, moment: DecisionContext) => Ruling<Result>;

/** Decides by what has happened before, one decision after another however many come at once. */
export interface SharedLimiter {
  /** Decides by a rule; what it changes holds for all instances, at the latest when Redis is back. */
  decide<Result>(keys: readonly string[], rule: Rule<Result>): Promise<Result>;
  /** Decides by a rule whose changes are of no use to others later. */
  decideForNow<Result>(keys: readonly string[], rule: Rule<Result>): Promise<Result>;
}

/** What {@link createSharedLimiter} works with. */
export interface SharedLimiterParts {
  /** What this process has decided without the others; everything, where nothing is shared. */
  local: MemoryLimits;
  /** What all instances share, as far as it was heard here: a copy that Redis keeps current. */
  replica: MemoryLimits;
  /** What all instances share; `null` where each decides for itself. */
  shared: SharedLimits | null;
  /** Gives the number of instances as it was last known. */
  instances: () => number;
}

/** A Redis that has not answered by then is left out, in milliseconds. */
const REDIS_DEADLINE_MS = 50;

/** How long it is not asked again, in milliseconds: twice as long each time in a row, up to the longest. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 1000;

/** How soon it is tried to tell it what it has missed, in milliseconds. */
const REPLAY_AFTER_MS = 100;

/** More decisions than these are not told. */
const MAX_PENDING = 10_000;

/** Says that Redis cannot be asked now. */
class RedisAway extends Error {}

/** Makes a patience for reading and swapping once, to which whatever fails is away. */
function createRedisDeadline(): Deadline {
  const deadline = createDeadline(REDIS_DEADLINE_MS);
  return (work) =>
    deadline(work).catch(() => {
      throw new RedisAway();
    });
}

/** A decision that was made without the others. */
interface PendingDecision {
  keys: readonly string[];
  rule: Rule<unknown>;
  atMs: number;
  /** From when on it makes no difference any more. */
  forgetAtMs: number;
}

/**
 * Makes limits that hold for all instances while Redis is there.
 *
 * Each hears of what the others have decided. While Redis is away it goes on from there with its
 * share of what is left of the limit, and tells afterwards what it has decided. Nothing waits for
 * Redis longer than 50 ms, or fails with it.
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

  /** Asks what all share; gives `null` where that cannot be asked. */
  async function decideTogether<Result>(
    keys: readonly string[],
    rule: Rule<Result>,
    atMs: number,
  ): Promise<Ruling<Result> | null> {
    if (!shared || !isReachable()) return null;
    try {
      const moment = { nowMs: atMs, shares: 1 };
      const ruling = await decideIn(shared, keys, rule, moment, createRedisDeadline);
      pauseMs = FIRST_PAUSE_MS;
      // It may be that no news come: this much is known.
      if (ruling.changed)
        keys.forEach((key, place) => replica.put(key, ruling.keep[place] ?? null, nowMs()));
      return ruling;
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error;
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
    const ruling = isSettled() ? await decideTogether(keys, rule, atMs) : null;
    if (ruling) {
      // Redis may have failed another decision meanwhile, which is not told yet.
      if (isSettled()) local.clear();
      return ruling.result;
    }
    const moment = { nowMs: atMs, shares: shared ? instances() : 1 };
    const { result, keep, changed } = await decideIn(offline, keys, rule, moment);
    if (shared && replay && changed) replayLater({ keys, rule, atMs, forgetAtMs: lastOf(keep) });
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

  /** Tells of one decision, unless it makes no difference any more; says whether that is done with. */
  async function replay({ keys, rule, atMs, forgetAtMs }: PendingDecision): Promise<boolean> {
    if (forgetAtMs <= nowMs()) return true;
    try {
      return (await decideTogether(keys, rule, atMs)) !== null;
    } catch {
      // What has failed at this once is not asked for it for ever.
      return true;
    }
  }

  /** In this process nobody is to overtake anybody, so that only other instances can be faster. */
  function inTurn<Result>(keys: readonly string[], job: () => Promise<Result>): Promise<Result> {
    return keys.reduceRight((inner, key) => () => mutex.run(key, inner), job)();
  }

  return {
    decide: (keys, rule) => inTurn(keys, () => decide(keys, rule, true)),
    decideForNow: (keys, rule) => inTurn(keys, () => decide(keys, rule, false)),
  };
}

async function decideIn<Result>(
  store: LimitStore,
  keys: readonly string[],
  rule: Rule<Result>,
  moment: DecisionContext,
  newDeadline: () => Deadline = () => (work) => work,
): Promise<Ruling<Result> & { changed: boolean }> {
  for (;;) {
    const wait = newDeadline();
    const texts = await wait(store.read(keys, nowMs()));
    const ruling = rule(texts, moment);
    const changes = changesOf(keys, texts, ruling.keep);
    const changed = changes.length > 0;
    if (!changed || (await wait(store.swap(changes, nowMs())))) return { ...ruling, changed };
  }
}

function changesOf(keys: readonly string[], texts: Texts, keep: Ruling<unknown>['keep']): Change[] {
  return keys.flatMap((key, place) => {
    const [from, to] = [texts[place] ?? null, keep[place] ?? null];
    return from === (to?.text ?? null) ? [] : [{ key, from, to }];
  });
}

/** Gives the last instant at which any of it matters; of what was deleted that is not known. */
function lastOf(keep: Ruling<unknown>['keep']): number {
  return Math.max(...keep.map((kept) => kept?.forgetAtMs ?? Number.MAX_SAFE_INTEGER));
}
