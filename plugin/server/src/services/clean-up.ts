import { setTimeout as pause } from 'node:timers/promises';
import type { CleanUpReport, TerminationReason } from '../../../shared/contracts';
import type { Core } from '../../../shared/core';
import { nowMs } from '../clock';
import type { NotBeforeStore } from '../stores/not-before-store';
import type { Elapsed, SessionStore } from '../stores/session-store';
import type { Sessions } from './sessions';
import { createInstantSweep } from './instant-sweep';
import type { TouchBuffer } from './touch-buffer';

/** Every instance has heard of a termination by then, or asks for the session itself. */
const SEEN_BY_ALL_AFTER_MS = 120_000;

/** The parts of the clean-up, each in small batches whatever the number of sessions. */
export interface CleanUp {
  /** Marks idle sessions inactive or ends them, and ends those past the absolute timeout. */
  age(): Promise<Pick<CleanUpReport, 'inactive' | 'ended'>>;
  /** Ages, then deletes what ended longer ago than the retention says. */
  run(): Promise<CleanUpReport>;
}

/** What {@link createCleanUp} works with. */
export interface CleanUpParts {
  core: Core;
  store: SessionStore;
  sessions: Sessions;
  notBefores: NotBeforeStore;
  touches: TouchBuffer;
}

/** Requests and logins go between two batches. */
const PAUSE_MS = 5;

/** Makes the clean-up; the core says what is how old. */
export function createCleanUp(parts: CleanUpParts): CleanUp {
  const { core, store, sessions, notBefores, touches } = parts;
  const sweepInstants = createInstantSweep(notBefores, endAll);

  async function endAll(elapsed: Elapsed, reason: TerminationReason): Promise<number> {
    return await inBatches(() => sessions.endElapsed(elapsed, reason));
  }

  async function age(): Promise<Pick<CleanUpReport, 'inactive' | 'ended'>> {
    // What was seen counts, not what has been written of it.
    await touches.flush();
    const { idleBeforeMs, idleEndsBeforeMs, expiredBeforeMs } = core.sweepPlan(nowMs());
    const counts = { inactive: 0, ended: 0 };
    if (expiredBeforeMs !== null) {
      const elapsed = { field: 'loggedInAtMs', atOrBeforeMs: expiredBeforeMs } as const;
      counts.ended += await endAll(elapsed, 'expired');
    }
    if (idleEndsBeforeMs !== null) {
      const elapsed = { field: 'lastSeenAtMs', atOrBeforeMs: idleEndsBeforeMs } as const;
      counts.ended += await endAll(elapsed, 'idle');
    }
    if (idleBeforeMs !== null) {
      counts.inactive += await inBatches(() => store.markIdle(idleBeforeMs));
    }
    counts.ended += await sweepInstants(nowMs());
    return counts;
  }

  async function purge(): Promise<number> {
    const now = nowMs();
    const { purgeBeforeMs } = core.sweepPlan(now);
    if (purgeBeforeMs === null) return 0;
    const cutOffMs = Math.min(purgeBeforeMs, now - SEEN_BY_ALL_AFTER_MS);
    return await inBatches(async () => {
      const ended = await store.purgeable(cutOffMs, now);
      await sessions.forget(ended);
      return ended.length;
    });
  }

  return {
    age,

    async run() {
      const aged = await age();
      const deleted = await purge();
      return { ...aged, deleted, finishedAt: new Date(nowMs()).toISOString() };
    },
  };
}

/** Repeats a batch until one finds nothing to do, and gives the sum. */
async function inBatches(batch: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (;;) {
    const done = await batch();
    if (done === 0) return sum;
    sum += done;
    await pause(PAUSE_MS);
  }
}
