import type { CleanUpReport, TerminationReason } from '../../../shared/contracts';
import type { Core } from '../../../shared/core';
import { nowMs } from '../clock';
import type { JournalStore } from '../stores/journal-store';
import type { NotBeforeStore } from '../stores/not-before-store';
import type { Elapsed, SessionStore } from '../stores/session-store';
import { giveWay } from './give-way';
import { createInstantSweep } from './instant-sweep';
import type { Hold } from './one-at-a-time';
import type { Sessions } from './sessions';
import type { TouchBuffer } from './touch-buffer';

/** Every instance has heard of a termination by then, or asks for the session itself. */
const SEEN_BY_ALL_AFTER_MS = 120_000;

/** How many sessions a clean-up marked inactive, ended and deleted. */
export type CleanUpCounts = Pick<CleanUpReport, 'inactive' | 'ended' | 'deleted'>;

/**
 * The parts of the clean-up, each in small batches whatever the number of sessions. Before every
 * batch `hold` is asked, which throws when it is not to go on.
 */
export interface CleanUp {
  /** Marks idle sessions inactive or ends them, and ends those past the absolute timeout. */
  age(hold: Hold): Promise<Omit<CleanUpCounts, 'deleted'>>;
  /**
   * Ages, then deletes what ended longer ago than the retention says, and entries of the journal
   * older than theirs, which are not counted.
   */
  run(hold: Hold): Promise<CleanUpCounts>;
}

/** What {@link createCleanUp} works with. */
export interface CleanUpParts {
  core: Core;
  store: SessionStore;
  sessions: Sessions;
  notBefores: NotBeforeStore;
  touches: TouchBuffer;
  journal: JournalStore;
}

/** Makes the clean-up; the core says what is how old. */
export function createCleanUp(parts: CleanUpParts): CleanUp {
  const { core, store, sessions, notBefores, touches, journal } = parts;
  const sweepInstants = createInstantSweep(notBefores);

  const endAllWhile =
    (hold: Hold) =>
    (elapsed: Elapsed, reason: TerminationReason): Promise<number> =>
      inBatches(hold, () => sessions.endElapsed(elapsed, reason));

  async function age(hold: Hold): Promise<Omit<CleanUpCounts, 'deleted'>> {
    const endAll = endAllWhile(hold);
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
      counts.inactive += await inBatches(hold, () => store.markIdle(idleBeforeMs));
    }
    counts.ended += await sweepInstants(nowMs(), endAll);
    return counts;
  }

  async function purge(hold: Hold): Promise<number> {
    const now = nowMs();
    const { purgeBeforeMs } = core.sweepPlan(now);
    if (purgeBeforeMs === null) return 0;
    const cutOffMs = Math.min(purgeBeforeMs, now - SEEN_BY_ALL_AFTER_MS);
    return await inBatches(hold, async () => {
      const ended = await store.purgeable(cutOffMs, now);
      await sessions.forget(ended);
      return ended.length;
    });
  }

  async function purgeJournal(hold: Hold): Promise<void> {
    const { journalBeforeMs } = core.sweepPlan(nowMs());
    if (journalBeforeMs !== null) await inBatches(hold, () => journal.removeUntil(journalBeforeMs));
  }

  return {
    age,

    async run(hold) {
      const aged = await age(hold);
      const deleted = await purge(hold);
      await purgeJournal(hold);
      return { ...aged, deleted };
    },
  };
}

/** Repeats a batch until one finds nothing to do, and gives the sum. */
async function inBatches(hold: Hold, batch: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (;;) {
    await hold();
    const done = await batch();
    if (done === 0) return sum;
    sum += done;
    await giveWay();
  }
}
