import type { CleanUpCounts } from '../../../../shared/contracts';
import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { JournalStore } from '../../stores/database/journal-store';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { giveWay } from '../../async/yield-when-busy';
import { createInstantSweep, type EndAll } from './not-before-sweep';
import type { Hold } from './job-lock';
import { LONGEST_UNREAD_MS } from '../sessions/session-lookup';
import type { Sessions } from '../sessions/sessions';
import type { TouchBuffer } from '../sessions/last-seen-buffer';

/** Every instance has heard of a termination by then, or asks for the session itself. */
const SEEN_BY_ALL_AFTER_MS = LONGEST_UNREAD_MS + 60_000;

/**
 * The parts of the clean-up, each in small batches whatever the number of sessions. Before every
 * batch `hold` is told what was done so far; it throws when that is not to go on.
 */
export interface CleanUp {
  /** Marks idle sessions inactive or ends them, and ends those past the absolute timeout. */
  age(hold: Hold): Promise<CleanUpCounts>;
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

  async function age(steps: Steps): Promise<void> {
    const endAll: EndAll = (elapsed, reason) =>
      steps.repeat('ended', () => sessions.endElapsed(elapsed, reason));
    // What was seen counts, not what has been written of it.
    await touches.flush();
    const { idleBeforeMs, idleEndsBeforeMs, expiredBeforeMs } = core.sweepPlan(nowMs());
    if (expiredBeforeMs !== null)
      await endAll({ field: 'loggedInAtMs', atOrBeforeMs: expiredBeforeMs }, 'expired');
    if (idleEndsBeforeMs !== null)
      await endAll({ field: 'lastSeenAtMs', atOrBeforeMs: idleEndsBeforeMs }, 'idle');
    if (idleBeforeMs !== null) await markIdle(steps, idleBeforeMs);
    await sweepInstants(nowMs(), endAll);
  }

  /** Each batch begins where the last one ended, as below: what is gone is still passed by for a while. */
  async function markIdle(steps: Steps, toMs: number): Promise<void> {
    let fromMs = 0;
    await steps.repeat('inactive', async () => {
      const { marked, reachedMs } = await store.markIdle({ fromMs, toMs });
      fromMs = reachedMs;
      return marked;
    });
  }

  async function purge(steps: Steps): Promise<void> {
    const now = nowMs();
    const { purgeBeforeMs } = core.sweepPlan(now);
    if (purgeBeforeMs === null) return;
    const cutOffMs = Math.min(purgeBeforeMs, now - SEEN_BY_ALL_AFTER_MS);
    let fromMs = 0;
    await steps.repeat('deleted', async () => {
      const { sessionIds, reachedMs } = await store.purgeable({ fromMs, toMs: cutOffMs }, now);
      await sessions.forget(sessionIds);
      fromMs = reachedMs;
      return sessionIds.length;
    });
  }

  async function purgeJournal(steps: Steps): Promise<void> {
    const { journalBeforeMs } = core.sweepPlan(nowMs());
    if (journalBeforeMs !== null)
      await steps.repeat(null, () => journal.removeUntil(journalBeforeMs));
  }

  return {
    async age(hold) {
      const steps = createSteps(hold);
      await age(steps);
      return steps.counts;
    },

    async run(hold) {
      const steps = createSteps(hold);
      await age(steps);
      await purge(steps);
      await purgeJournal(steps);
      return steps.counts;
    },
  };
}

/** The batches of one clean-up, and what they did. */
interface Steps {
  counts: CleanUpCounts;
  /** Repeats a batch until one finds nothing to do, and counts what they did, if they are counted. */
  repeat(counted: keyof CleanUpCounts | null, batch: () => Promise<number>): Promise<void>;
}

function createSteps(hold: Hold): Steps {
  const counts = { inactive: 0, ended: 0, deleted: 0 };
  return {
    counts,

    async repeat(counted, batch) {
      for (;;) {
        await hold(counts);
        const done = await batch();
        if (done === 0) return;
        if (counted) counts[counted] += done;
        await giveWay();
      }
    },
  };
}
