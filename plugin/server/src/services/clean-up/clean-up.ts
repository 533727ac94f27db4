import type { CleanUpCounts } from '../../../../shared/contracts';
import type { Core, CoreApi } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { JournalStore } from '../../stores/database/journal/journal-store';
import type { LinkStore } from '../../stores/database/link-store';
import type { LoginStore } from '../../stores/database/login-store';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { RotationStore } from '../../stores/database/rotation-store';
import type { ProvisionalStore } from '../../stores/database/sessions/provisional-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { yieldWhenBusy } from '../../async/yield-when-busy';
import { createNotBeforeSweep, type SweepRules, type TerminateElapsed } from './not-before-sweep';
import type { Heartbeat } from './job-lock';
import type { Sessions } from '../sessions/sessions';
import type { LastSeenBuffer } from '../sessions/last-seen-buffer';

/**
 * The parts of the clean-up, in small batches.
 *
 * Before each batch they call `heartbeat` with the counts so far. It throws to stop the run.
 */
export interface CleanUp {
  /**
   * Marks or terminates idle sessions, and terminates those past the absolute timeout and those
   * whose tokens have run out.
   */
  age(heartbeat: Heartbeat): Promise<CleanUpCounts>;
  /**
   * Ages the sessions, then deletes terminated sessions and entries of the journal past retention,
   * the marks of adopted tokens that have expired, and the links whose time is over.
   *
   * The counts are those of sessions.
   */
  run(heartbeat: Heartbeat): Promise<CleanUpCounts>;
}

/** Dependencies of {@link createCleanUp}. */
export interface CleanUpParts {
  core: Core;
  rules: SweepRules & Pick<CoreApi, 'placesKnownSinceMs'>;
  store: SessionStore;
  provisionals: ProvisionalStore;
  sessions: Sessions;
  notBefores: NotBeforeStore;
  lastSeenBuffer: LastSeenBuffer;
  journal: JournalStore;
  rotations: RotationStore;
  links: LinkStore;
  logins: LoginStore;
}

/** Creates the clean-up; the core decides which sessions are due. */
export function createCleanUp(parts: CleanUpParts): CleanUp {
  const { core, store, provisionals, sessions, notBefores, lastSeenBuffer, journal } = parts;
  const { rotations, links, logins, rules } = parts;
  const sweepNotBefores = createNotBeforeSweep(notBefores, rules);

  async function age(steps: Steps): Promise<void> {
    const terminateElapsed: TerminateElapsed = (elapsed, reason) =>
      steps.repeat('terminated', () => sessions.terminateElapsed(elapsed, reason));
    // Pending last-seen times count.
    await lastSeenBuffer.flush();
    const now = nowMs();
    const plan = core.sweepPlan(now);
    const { terminations, idleBeforeMs, runOutBeforeMs } = plan;
    const times = { nowMs: now, knownBeforeMs: plan.knownRevocationsBeforeMs };
    for (const { by, fromMs, untilMs, reason } of terminations) {
      if (by === 'revocation') await sweepNotBefores(times, terminateElapsed);
      else await terminateElapsed({ field: by, from: fromMs, upTo: untilMs }, reason);
    }
    if (idleBeforeMs !== null) await markIdle(steps, idleBeforeMs);
    await steps.repeat(null, () => provisionals.removeExpired(runOutBeforeMs));
  }

  /**
   * Each batch starts where the last one stopped, as in `purge`, because databases still scan index
   * entries of changed rows for a while.
   */
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
    let fromMs = 0;
    await steps.repeat('deleted', async () => {
      const { sessionIds, reachedMs } = await store.purgeable({ fromMs, toMs: purgeBeforeMs }, now);
      await sessions.purge(sessionIds);
      fromMs = reachedMs;
      return sessionIds.length;
    });
  }

  async function purgeJournal(steps: Steps): Promise<void> {
    const { journalBeforeMs, settingsJournalBeforeMs } = core.sweepPlan(nowMs());
    if (journalBeforeMs !== null)
      await steps.repeat(null, () => journal.removeUntil(journalBeforeMs, 'others'));
    if (settingsJournalBeforeMs !== null)
      await steps.repeat(null, () => journal.removeUntil(settingsJournalBeforeMs, 'settings'));
  }

  async function purgeMarks(steps: Steps): Promise<void> {
    const { marksBeforeMs } = core.sweepPlan(nowMs());
    if (marksBeforeMs !== null)
      await steps.repeat(null, () => rotations.removeMarks(marksBeforeMs));
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
      await purgeMarks(steps);
      await steps.repeat(null, () => links.removeElapsed(nowMs()));
      await steps.repeat(null, () => logins.removePlacesUntil(rules.placesKnownSinceMs(nowMs())));
      return steps.counts;
    },
  };
}

/** The batches of one clean-up, with their counts. */
interface Steps {
  counts: CleanUpCounts;
  /** Repeats a batch until it finds nothing to do; adds its results to a count, unless `null`. */
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
