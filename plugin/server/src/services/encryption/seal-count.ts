import type { Core } from '../../../../shared/core';
import type { SealCountStore } from '../../stores/database/seal-count-store';

/** Keeps count of what is sealed under the present key, over all instances and restarts. */
export interface SealCount {
  /** Writes down what was sealed since the last time, and tells once when it is too much. */
  flush(): Promise<void>;
  /** The total from which on the key is to be replaced. */
  readonly warnAt: number;
  /** Gives the total as it was last written down. */
  total(): Promise<number>;
}

/** What {@link createSealCount} works with. */
export interface SealCountParts {
  core: Core;
  store: SealCountStore;
  warnAt: number;
  warn: (total: number) => void;
}

/** Begins to count with the core's first seal; a kill loses what was not yet written down. */
export function createSealCount({ core, store, warnAt, warn }: SealCountParts): SealCount {
  let counted = 0;
  let warned = false;

  /** A core that was replaced after it failed has begun anew. */
  function take(): number {
    const now = core.sealCount();
    const fresh = now < counted ? now : now - counted;
    counted = now;
    return fresh;
  }

  const total = (): Promise<number> => store.read(core.keyId());

  async function write(seals: number): Promise<void> {
    try {
      await store.add(core.keyId(), seals);
    } catch (error) {
      counted -= seals;
      throw error;
    }
  }

  return {
    warnAt,
    total,

    async flush() {
      const seals = take();
      if (seals > 0) await write(seals);
      const sum = await total();
      if (sum >= warnAt && !warned) {
        warned = true;
        warn(sum);
      }
    },
  };
}
