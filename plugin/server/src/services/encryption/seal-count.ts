import type { Core, KeyWear } from '../../../../shared/core';
import type { SealCountStore } from '../../stores/database/seal-count-store';

/** Counts the tokens sealed under the current key, across instances and restarts. */
export interface SealCount {
  /**
   * Stores the seals since the last flush, and tells the core their total. It warns once when the key
   * should be replaced, and once when it seals no more.
   */
  flush(): Promise<void>;
  /** The total at which the key should be replaced. */
  readonly warnAt: number;
  /** Returns the stored total. */
  total(): Promise<number>;
}

/** Dependencies of {@link createSealCount}. */
export interface SealCountParts {
  core: Core;
  store: SealCountStore;
  warnAt: number;
  warn: (wear: Exclude<KeyWear, 'fresh'>, total: number) => void;
}

/** Creates a seal count; a killed process loses the seals since its last flush. */
export function createSealCount({ core, store, warnAt, warn }: SealCountParts): SealCount {
  let counted = 0;
  let warnedOf: KeyWear = 'fresh';

  /** A core that replaced a failed one counts from 0 again. */
  function takeNewSeals(): number {
    const now = core.sealCount();
    const added = now < counted ? now : now - counted;
    counted = now;
    return added;
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
      const seals = takeNewSeals();
      if (seals > 0) await write(seals);
      const sum = await total();
      const wear = core.setSealTotal(sum);
      if (wear !== 'fresh' && wear !== warnedOf) warn(wear, sum);
      warnedOf = wear;
    },
  };
}
