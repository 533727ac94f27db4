import type { LimitEntry, LimitStore } from '../../stores/limit-store';
import type { MemoryLimits } from '../../stores/memory/memory-limits';

/** Marks a key that was deleted locally while the replica still holds a value. */
const NOTHING: LimitEntry = { text: '', forgetAtMs: Number.MAX_SAFE_INTEGER };

/**
 * Creates the store that an instance uses without Redis.
 *
 * It reads the local decisions first, then the replica of the shared limits. It writes the local
 * decisions only.
 */
export function createOfflineStore(local: MemoryLimits, replica: MemoryLimits): LimitStore {
  return {
    async read(keys, nowMs) {
      const [own, replicated] = await Promise.all([
        local.read(keys, nowMs),
        replica.read(keys, nowMs),
      ]);
      return own.map((text, place) => text ?? replicated[place] ?? null);
    },

    // Decisions on a key run one after another, so no value has changed since the read.
    async swap(changes, nowMs) {
      const keys = changes.map(({ key }) => key);
      const replicated = await replica.read(keys, nowMs);
      changes.forEach(({ key, to }, place) => {
        local.put(key, to ?? (replicated[place] ? NOTHING : null), nowMs);
      });
      return true;
    },
  };
}
