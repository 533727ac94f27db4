import type { Core } from '../../../../shared/core';
import type { ResealProgress, ResealStore } from '../../stores/database/values/reseal-store';
import type { SealedStore, SealedToken } from '../../stores/database/sessions/sealed-store';
import { yieldWhenBusy } from '../../async/yield-when-busy';
import { isKeyExhausted } from '../settings/core-error';

/** Reseals stored tokens under the current key. */
export interface Resealing {
  /**
   * Processes all rows, or the rest after an interrupted run; returns early once stopped.
   *
   * @returns The number of tokens that this run resealed, and the number of all tokens found under
   *   keys that are not configured.
   */
  run(): Promise<Pick<ResealProgress, 'resealed' | 'unknown'>>;
  stop(): void;
  /** Returns the progress under the current key; `null` before the first run. */
  progress(): Promise<ResealProgress | null>;
}

/** Dependencies of {@link createResealing}. */
export interface ResealingParts {
  core: Core;
  sealed: SealedStore;
  store: ResealStore;
}

/** Creates the resealing; it never terminates a session, even if a token cannot be resealed. */
export function createResealing({ core, sealed, store }: ResealingParts): Resealing {
  let progress: ResealProgress | null = null;
  let stopped = false;

  /**
   * Starts at the first row for a new key, and where a previous key was missing in the last run.
   *
   * Otherwise it continues after the last row, because an instance that still used the earlier key
   * may have added rows.
   */
  async function start(): Promise<ResealProgress> {
    const stored = await store.read();
    const keyId = core.keyId();
    const isComplete = stored?.keyId === keyId && stored.unknown === 0;
    if (isComplete) return { ...stored, done: false };
    return { keyId, row: 0, resealed: 0, unknown: 0, done: false };
  }

  async function resealToken({ row, sessionId, refreshToken }: SealedToken): Promise<void> {
    const envelope = refreshToken;
    if (!envelope || !progress) return;
    const state = core.keyStateOf(envelope);
    if (state === 'unknown') progress.unknown += 1;
    if (state !== 'previous') return;
    const resealed = tryReseal(sessionId, envelope);
    if (resealed === null) return;
    await sealed.replace(row, envelope, resealed);
    progress.resealed += 1;
    await yieldWhenBusy();
  }

  /**
   * Returns `null` for a damaged envelope, because it must not stop the run.
   *
   * @throws CoreError if the current key seals no more; the tokens need the earlier key.
   */
  function tryReseal(sessionId: string, envelope: string): string | null {
    try {
      return core.reseal(sessionId, 'refreshToken', envelope);
    } catch (error) {
      if (isKeyExhausted(error)) throw error;
      return null;
    }
  }

  async function resealPage(page: SealedToken[]): Promise<void> {
    for (const token of page) await resealToken(token);
  }

  return {
    async run() {
      progress = await start();
      const before = progress.resealed;
      while (!progress.done && !stopped) {
        const page = await sealed.after(progress.row);
        await resealPage(page);
        progress.row = page.at(-1)?.row ?? progress.row;
        progress.done = page.length === 0;
        await store.write(progress);
        await yieldWhenBusy();
      }
      return { resealed: progress.resealed - before, unknown: progress.unknown };
    },

    stop() {
      stopped = true;
    },

    async progress() {
      const stored = await store.read();
      return stored?.keyId === core.keyId() ? stored : null;
    },
  };
}
