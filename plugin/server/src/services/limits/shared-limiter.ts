import { monotonicMs, nowMs } from '../../clock';
import type { Change, Kept, LimitStore } from '../../stores/limit-store';
import type { MemoryLimits } from '../../stores/memory/memory-limits';
import type { LimitNews } from '../../stores/redis/limit-changes';
import type { SharedLimits } from '../../stores/redis/redis-limits';
import { createLoneLimits } from './offline-store';
import { createOutsideRequests } from '../../async/detached';
import { createPatience, type Patience } from '../../async/deadline';
import { createTurns } from '../../async/keyed-mutex';

/** What is remembered under each of some keys. */
export type Texts = readonly (string | null)[];

/** When something happens, and how many instances share the limit without hearing of each other. */
export interface Moment {
  nowMs: number;
  shares: number;
}

/** What a rule has decided, and what is to be remembered under each key from now on. */
export interface Ruling<Result> {
  result: Result;
  keep: readonly (Kept | null)[];
}

/** Decides by what is remembered. Free of effects: where another was faster it is asked again. */
export type Rule<Result> = (texts: Texts, moment: Moment) => Ruling<Result>;

/** Decides by what has happened before, one decision after another however many come at once. */
export interface AgreedLimits {
  /** Decides by a rule; what it changes holds for all instances, at the latest when Redis is back. */
  decide<Result>(keys: readonly string[], rule: Rule<Result>): Promise<Result>;
  /** Decides by a rule whose changes are of no use to others later. */
  decideForNow<Result>(keys: readonly string[], rule: Rule<Result>): Promise<Result>;
  /** Takes over what all instances remember under a key from now on, to go on from there without them. */
  hear(news: LimitNews): void;
}

/** What {@link createAgreedLimits} works with. */
export interface AgreedLimitsParts {
  /** What this process has decided alone; all of it, where there is nothing to share. */
  alone: MemoryLimits;
  /** What all instances have agreed on, as far as it was heard here. */
  agreed: MemoryLimits;
  /** What all instances share; `null` where each decides for itself. */
  shared: SharedLimits | null;
  /** Gives the number of instances as it was last known. */
  instances: () => number;
}

/** A Redis that has not answered by then is left out, in milliseconds. */
const PATIENCE_MS = 50;

/** How long it is not asked again, in milliseconds: twice as long each time in a row, up to the longest. */
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 1000;

/** How soon it is tried to tell it what it has missed, in milliseconds. */
const TELL_AFTER_MS = 100;

/** More decisions than these are not told. */
const MOST_UNTOLD = 10_000;

/** Says that Redis cannot be asked now. */
class SharedAway extends Error {}

/** Makes a patience for reading and swapping once, to which whatever fails is away. */
function untilAway(): Patience {
  const patience = createPatience(PATIENCE_MS);
  return (work) =>
    patience(work).catch(() => {
      throw new SharedAway();
    });
}

/** A decision that was made without the others. */
interface Untold {
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
export function createAgreedLimits({
  alone,
  agreed,
  shared,
  instances,
}: AgreedLimitsParts): AgreedLimits {
  const lone = createLoneLimits(alone, agreed);
  const turns = createTurns();
  const outsideRequests = createOutsideRequests();
  const untold: Untold[] = [];
  let isTelling = false;
  let timer: NodeJS.Timeout | null = null;
  let restsUntilMs = Number.NEGATIVE_INFINITY;
  let restMs = FIRST_REST_MS;

  function hear({ key, to }: LimitNews): void {
    agreed.put(key, to, nowMs());
  }

  const hasToldAll = (): boolean => untold.length === 0 && !isTelling;

  const isReachable = (): boolean => Boolean(shared?.isReady()) && monotonicMs() >= restsUntilMs;

  /** Asks what all share; gives `null` where that cannot be asked. */
  async function together<Result>(
    keys: readonly string[],
    rule: Rule<Result>,
    atMs: number,
  ): Promise<Ruling<Result> | null> {
    if (!shared || !isReachable()) return null;
    try {
      const moment = { nowMs: atMs, shares: 1 };
      const ruling = await decideIn(shared, keys, rule, moment, untilAway);
      restMs = FIRST_REST_MS;
      // It may be that no news come: this much is known.
      if (ruling.changed)
        keys.forEach((key, place) => hear({ key, to: ruling.keep[place] ?? null }));
      return ruling;
    } catch (error) {
      if (!(error instanceof SharedAway)) throw error;
      restsUntilMs = monotonicMs() + restMs;
      restMs = Math.min(2 * restMs, LONGEST_REST_MS);
      return null;
    }
  }

  async function decide<Result>(
    keys: readonly string[],
    rule: Rule<Result>,
    tell: boolean,
  ): Promise<Result> {
    const atMs = nowMs();
    const ruling = hasToldAll() ? await together(keys, rule, atMs) : null;
    if (ruling) {
      // Redis may have failed another decision meanwhile, which is not told yet.
      if (hasToldAll()) alone.clear();
      return ruling.result;
    }
    const moment = { nowMs: atMs, shares: shared ? instances() : 1 };
    const { result, keep, changed } = await decideIn(lone, keys, rule, moment);
    if (shared && tell && changed) tellLater({ keys, rule, atMs, forgetAtMs: lastOf(keep) });
    return result;
  }

  function tellLater(decision: Untold): void {
    untold.push(decision);
    if (untold.length > MOST_UNTOLD) untold.shift();
    schedule();
  }

  function schedule(): void {
    outsideRequests(() => {
      timer ??= setTimeout(() => void tellAll(), TELL_AFTER_MS).unref();
    });
  }

  async function tellAll(): Promise<void> {
    isTelling = true;
    for (let next = untold.shift(); next; next = untold.shift()) {
      if (await tell(next)) continue;
      untold.unshift(next);
      break;
    }
    isTelling = false;
    timer = null;
    if (untold.length > 0) schedule();
    else alone.clear();
  }

  /** Tells of one decision, unless it makes no difference any more; says whether that is done with. */
  async function tell({ keys, rule, atMs, forgetAtMs }: Untold): Promise<boolean> {
    if (forgetAtMs <= nowMs()) return true;
    try {
      return (await together(keys, rule, atMs)) !== null;
    } catch {
      // What has failed at this once is not asked for it for ever.
      return true;
    }
  }

  /** In this process nobody is to overtake anybody, so that only other instances can be faster. */
  function inTurn<Result>(keys: readonly string[], job: () => Promise<Result>): Promise<Result> {
    return keys.reduceRight((inner, key) => () => turns.take(key, inner), job)();
  }

  return {
    decide: (keys, rule) => inTurn(keys, () => decide(keys, rule, true)),
    decideForNow: (keys, rule) => inTurn(keys, () => decide(keys, rule, false)),

    hear,
  };
}

async function decideIn<Result>(
  store: LimitStore,
  keys: readonly string[],
  rule: Rule<Result>,
  moment: Moment,
  newPatience: () => Patience = () => (work) => work,
): Promise<Ruling<Result> & { changed: boolean }> {
  for (;;) {
    const wait = newPatience();
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
