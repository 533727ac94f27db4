import { nowMs } from '../clock';
import type { Change, Kept, LimitStore } from '../stores/limit-store';

/** What is remembered under each of some keys. */
export type Texts = readonly (string | null)[];

/** What a rule has decided, and what is to be remembered under each key from now on. */
export interface Ruling<Result> {
  result: Result;
  keep: readonly (Kept | null)[];
}

/** Decides by what is remembered. Free of effects: where another was faster it is asked again. */
export type Rule<Result> = (texts: Texts, nowMs: number) => Ruling<Result>;

/** Decides by what has happened before, one decision after another however many come at once. */
export interface AgreedLimits {
  decide<Result>(keys: readonly string[], rule: Rule<Result>): Promise<Result>;
}

/** Makes limits over a store. */
export function createAgreedLimits(store: LimitStore): AgreedLimits {
  return {
    async decide(keys, rule) {
      for (;;) {
        const now = nowMs();
        const texts = await store.read(keys, now);
        const { result, keep } = rule(texts, now);
        const changes = changesOf(keys, texts, keep);
        if (changes.length === 0 || (await store.swap(changes, now))) return result;
      }
    },
  };
}

function changesOf(keys: readonly string[], texts: Texts, keep: readonly (Kept | null)[]) {
  return keys.flatMap((key, place): Change[] => {
    const [from = null, to = null] = [texts[place], keep[place]];
    return from === (to?.text ?? null) ? [] : [{ key, from, to }];
  });
}
