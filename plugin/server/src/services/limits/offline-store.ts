import type { LimitEntry, LimitStore } from '../../stores/limit-store';
import type { MemoryLimits } from '../../stores/memory/memory-limits';

/** Stands for "nothing" where all instances remember something that was forgotten alone. */
const NOTHING: LimitEntry = { text: '', forgetAtMs: Number.MAX_SAFE_INTEGER };

/**
 * Makes what an instance goes by while it hears nothing of the others: what it has decided alone,
 * and where that is nothing, what all have agreed on. It leaves the latter as it is.
 */
export function createOfflineStore(local: MemoryLimits, replica: MemoryLimits): LimitStore {
  return {
    async read(keys, nowMs) {
      const [own, all] = await Promise.all([local.read(keys, nowMs), replica.read(keys, nowMs)]);
      return own.map((text, place) => text ?? all[place] ?? null);
    },

    // Decisions about a key are made one after another, so nothing has come between.
    async swap(changes, nowMs) {
      const keys = changes.map(({ key }) => key);
      const all = await replica.read(keys, nowMs);
      changes.forEach(({ key, to }, place) => {
        local.put(key, to ?? (all[place] ? NOTHING : null), nowMs);
      });
      return true;
    },
  };
}
