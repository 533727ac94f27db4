import type { CleanUpCounts } from '../../../../shared/contracts';
import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { JournalStore } from '../../stores/database/journal-store';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { yieldWhenBusy } from '../../async/yield-when-busy';
import { createNotBeforeSweep, type TerminateElapsed } from './not-before-sweep';
import type { Heartbeat } from './job-lock';
import { MAX_UNREAD_MS } from '../sessions/session-lookup';
import type { Sessions } from '../sessions/sessions';
import type { LastSeenBuffer } from '../sessions/last-seen-buffer';

/** Every instance has heard of a termination by then, or asks for the session itself. */
const KNOWN_EVERYWHERE_AFTER_MS = MAX_UNREAD_MS + 60_000;

/**
 * The parts of the clean-up, each in small batches whatever the number of sessions. Before every
 * batch `hold` is told what was done so far; it throws when that is not to go on.
 */
export interface CleanUp {
  /** Marks idle sessions inactive or ends them, and ends those past the absolute timeout. */
  age(heartbeat: Heartbeat): Promise<CleanUpCounts>;
  /**
   * Ages, then deletes what ended longer ago than the retention says, and entries of the journal
   * older than theirs, which are not counted.
   */
  run(heartbeat: Heartbeat): Promise<CleanUpCounts>;
}

/** What {@link createCleanUp} works with. */
export interface CleanUpParts {
  core: Core;
  store: SessionStore;
  sessions: Sessions;
  notBefores: NotBeforeStore;
  lastSeenBuffer: LastSeenBuffer;
  journal: JournalStore;
}

/** Makes the clean-up; the core says what is how old. */
export function createCleanUp(parts: CleanUpParts): CleanUp {
  const { core, store, sessions, notBefores, lastSeenBuffer, journal } = parts;
  const sweepNotBefores = createNotBeforeSweep(notBefores);

  async function age(steps: Steps): Promise<void> {
    const terminateElapsed: TerminateElapsed = (elapsed, reason) =>
      steps.repeat('terminated', () => sessions.terminateElapsed(elapsed, reason));
    // What was seen counts, not what has been written of it.
    await lastSeenBuffer.flush();
    const { idleBeforeMs, idleEndsBeforeMs, expiredBeforeMs } = core.sweepPlan(nowMs());
    if (expiredBeforeMs !== null)
      await terminateElapsed({ field: 'loggedInAtMs', atOrBeforeMs: expiredBeforeMs }, 'expired');
    if (idleEndsBeforeMs !== null)
      await terminateElapsed({ field: 'lastSeenAtMs', atOrBeforeMs: idleEndsBeforeMs }, 'idle');
    if (idleBeforeMs !== null) await markIdle(steps, idleBeforeMs);
    await sweepNotBefores(nowMs(), terminateElapsed);
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
    const cutOffMs = Math.min(purgeBeforeMs, now - KNOWN_EVERYWHERE_AFTER_MS);
    let fromMs = 0;
    await steps.repeat('deleted', async () => {
      const { sessionIds, reachedMs } = await store.purgeable({ fromMs, toMs: cutOffMs }, now);
      await sessions.purge(sessionIds);
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
    async age(heartbeat) {
      const steps = createSteps(heartbeat);
      await age(steps);
      return steps.counts;
    },

    async run(heartbeat) {
      const steps = createSteps(heartbeat);
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

function createSteps(heartbeat: Heartbeat): Steps {
  const counts = { inactive: 0, terminated: 0, deleted: 0 };
  return {
    counts,

    async repeat(counted, batch) {
      for (;;) {
        await heartbeat(counts);
        const done = await batch();
        if (done === 0) return;
        if (counted) counts[counted] += done;
        await yieldWhenBusy();
      }
    },
  };
}
