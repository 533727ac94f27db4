import { TOKEN_FIELDS } from '../../stores/database/sessions/session-row';
import type { Core, TokenField } from '../../../../shared/core';
import type { ResealProgress, ResealStore } from '../../stores/database/reseal-store';
import type { SealedStore, SealedTokens } from '../../stores/database/sessions/sealed-store';
import { yieldWhenBusy } from '../../async/yield-when-busy';

/** Seals anew, under the present key, what was sealed under earlier ones. */
export interface Resealing {
  /**
   * Goes through all rows, or on from where an earlier run stopped, and says what it has sealed anew
   * itself and what is under keys that are not there; ends early once stopped.
   */
  run(): Promise<Pick<ResealProgress, 'resealed' | 'unknown'>>;
  stop(): void;
  /** Gives how far it has come under the present key; `null` before it has begun. */
  progress(): Promise<ResealProgress | null>;
}

/** What {@link createResealing} works with. */
export interface ResealingParts {
  core: Core;
  sealed: SealedStore;
  store: ResealStore;
}

/** Makes the sealing anew; no session ends by it, whatever becomes of its tokens. */
export function createResealing({ core, sealed, store }: ResealingParts): Resealing {
  let progress: ResealProgress | null = null;
  let stopped = false;

  /**
   * A new key begins anew; so does one whose earlier keys were not all there the last time. What came
   * after the last row may be from an instance that still had the earlier key.
   */
  async function start(): Promise<ResealProgress> {
    const known = await store.read();
    const keyId = core.keyId();
    if (known?.keyId === keyId && known.unknown === 0) return { ...known, done: false };
    return { keyId, row: 0, resealed: 0, unknown: 0, done: false };
  }

  async function resealToken(tokens: SealedTokens, field: TokenField): Promise<void> {
    const envelope = tokens[field];
    if (!envelope || !progress) return;
    const state = core.keyStateOf(envelope);
    if (state === 'unknown') progress.unknown += 1;
    if (state !== 'previous') return;
    const anew = resealed(tokens.sessionId, field, envelope);
    if (anew === null) return;
    await sealed.replace(tokens.row, field, envelope, anew);
    progress.resealed += 1;
    await yieldWhenBusy();
  }

  /** Seals anew; `null` for what is damaged, which must not keep the rest from it. */
  function resealed(sessionId: string, field: TokenField, envelope: string): string | null {
    try {
      return core.reseal(sessionId, field, envelope);
    } catch {
      return null;
    }
  }

  async function resealPage(page: SealedTokens[]): Promise<void> {
    for (const tokens of page) for (const field of TOKEN_FIELDS) await resealToken(tokens, field);
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
      const known = await store.read();
      return known?.keyId === core.keyId() ? known : null;
    },
  };
}
