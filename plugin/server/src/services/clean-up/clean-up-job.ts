import type {
  CleanUpProgress,
  CleanUpReport,
  CleanUpStatusResponse,
} from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import { MAX_CLOCK_SKEW_MS } from '../../stores/database/sql/timely-write';
import type { JobProgress, JobRun, JobStore, JobView } from '../../stores/database/job-store';
import type { CleanUp } from './clean-up';
import type { Heartbeat, JobLock } from './job-lock';

/** The clean-up as a job that one instance runs for all. */
export interface CleanUpJob {
  /**
   * Ages the sessions, and also deletes old ones if a planned time has passed since the last run.
   *
   * A planned time at which no instance ran is made up later. It does nothing while another
   * instance runs the job.
   */
  tick(): Promise<void>;
  /** Runs the whole clean-up now; returns `null` while another run is in progress. */
  runNow(): Promise<CleanUpReport | null>;
  /** Returns the report of the last finished run, on any instance. */
  last(): Promise<CleanUpReport | null>;
  /** Returns that report and the progress of the current run, on any instance. */
  view(): Promise<CleanUpStatusResponse['data']>;
  /** Stops the current run at its next batch, and releases the lock for other instances. */
  stop(): Promise<void>;
  /** Returns the first planned deletion after an instant; `null` if there is none. */
  plannedAfter(instantMs: number): number | null;
}

/** Dependencies of {@link createCleanUpJob}. */
export interface CleanUpJobParts {
  cleanUp: CleanUp;
  store: JobStore;
  jobLock: JobLock;
  /** Returns the first planned time after an instant; `null` if there is none. */
  plannedAfter: (instantMs: number) => number | null;
  /** Receives the report of every finished run. */
  report: (run: CleanUpReport) => void;
}

export function createCleanUpJob(parts: CleanUpJobParts): CleanUpJob {
  const { cleanUp, store, jobLock, plannedAfter, report } = parts;

  /** A killed run counts as current until its lock may be taken over. */
  const readStore = (): Promise<JobView> => store.view(nowMs() - MAX_CLOCK_SKEW_MS);

  async function view(): Promise<CleanUpStatusResponse['data']> {
    const { last, current } = await readStore();
    return { last: last && reportFrom(last), current: current && progressFrom(current) };
  }

  async function isDue(): Promise<boolean> {
    const { last } = await readStore();
    if (!last) return true;
    const planned = plannedAfter(last.finishedAtMs);
    return planned !== null && planned <= nowMs();
  }

  async function runWhole(heartbeat: Heartbeat): Promise<CleanUpReport> {
    const startedAtMs = nowMs();
    const counts = await cleanUp.run(heartbeat);
    const finishedAtMs = nowMs();
    const run = { ...counts, finishedAtMs, tookMs: Math.max(0, finishedAtMs - startedAtMs) };
    await store.recordRun(run);
    report(reportFrom(run));
    return reportFrom(run);
  }

  return {
    async tick() {
      await jobLock.run(async (heartbeat) => {
        if (await isDue()) await runWhole(heartbeat);
        else await cleanUp.age(heartbeat);
      });
    },

    stop: () => jobLock.stop(),

    plannedAfter,

    runNow: () => jobLock.run(runWhole),

    last: async () => (await view()).last,

    view,
  };
}

function reportFrom({ finishedAtMs, ...run }: JobRun): CleanUpReport {
  return { ...run, finishedAt: new Date(finishedAtMs).toISOString() };
}

function progressFrom({ startedAtMs, ...counts }: JobProgress): CleanUpProgress {
  return { startedAt: new Date(startedAtMs).toISOString(), ...counts };
}
