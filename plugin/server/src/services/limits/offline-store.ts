import type { LimitEntry, LimitStore } from '../../stores/limit-store';
import type { MemoryLimits } from '../../stores/memory/memory-limits';

/** Marks a key that was deleted locally while the replica still holds a value. */
const NOTHING: LimitEntry = { text: '', forgetAtMs: Number.MAX_SAFE_INTEGER, mustStay: true };

/**
 * Creates the store that an instance uses without Redis.
 *
 * It reads the local decisions first, then the replica of the shared limits. It writes the local
 * decisions only.
 */
export function createOfflineStore(local: MemoryLimits, replica: MemoryLimits): LimitStore {
  async function read(keys: readonly string[], nowMs: number): Promise<(string | null)[]> {
    const [own, replicated] = await Promise.all([
      local.read(keys, nowMs),
      replica.read(keys, nowMs),
    ]);
    return own.map((text, place) => text ?? replicated[place] ?? null);
  }

  return {
    read,

    async swap(changes, nowMs) {
      const keys = changes.map(({ key }) => key);
      const [current, replicated] = await Promise.all([
        read(keys, nowMs),
        replica.read(keys, nowMs),
      ]);
      // Keys that share an entry may be decided on at the same time.
      if (changes.some(({ from }, place) => from !== current[place])) return false;
      changes.forEach(({ key, to }, place) => {
        local.put(key, to ?? (replicated[place] ? NOTHING : null), nowMs);
      });
      return true;
    },
  };
}
