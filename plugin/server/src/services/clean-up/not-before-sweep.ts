import type { TerminationReason } from '../../../../shared/contracts';
import {
  EVERYONE,
  INSTANT_PAGE_SIZE,
  type NotBefore,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import type { Elapsed } from '../../stores/database/sessions/session-store';

/** An instant may be committed this much later than it was written, in milliseconds. */
const OVERLAP_MS = 60_000;

/** Writes down what not-before instants have ended, so that lists and limits show it. */
export type InstantSweep = (nowMs: number, endAll: EndAll) => Promise<void>;

/** Ends what began or was seen at an instant or before. */
export type EndAll = (elapsed: Elapsed, reason: TerminationReason) => Promise<void>;

/** Makes the sweep; its first run takes every instant, the others those written since. */
export function createInstantSweep(notBefores: NotBeforeStore): InstantSweep {
  let sweptUpToMs = 0;

  async function* writtenSince(fromMs: number): AsyncGenerator<NotBefore> {
    let afterUserId = -1;
    for (;;) {
      const page = await notBefores.writtenSince(fromMs, afterUserId);
      yield* page;
      afterUserId = page.at(-1)?.userId ?? afterUserId;
      if (page.length < INSTANT_PAGE_SIZE) return;
    }
  }

  return async (nowMs, endAll) => {
    for await (const { userId, atMs, reason } of writtenSince(sweptUpToMs - OVERLAP_MS)) {
      // Before the instant, not at it.
      const begun = { field: 'loggedInAtMs', atOrBeforeMs: atMs - 1 } as const;
      await endAll(userId === EVERYONE ? begun : { ...begun, userId }, reason);
    }
    sweptUpToMs = nowMs;
  };
}
