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

/** The clean-up as a job that one instance does for all. */
export interface CleanUpJob {
  /**
   * Ages the sessions, and deletes old ones too when it is time to, be it late: a planned time
   * that no instance was there for is made up. Does nothing while another instance is at it.
   */
  tick(): Promise<void>;
  /** Does all of it now; gives `null` while another is at it. */
  runNow(): Promise<CleanUpReport | null>;
  /** Gives what the last whole run did, on whichever instance. */
  last(): Promise<CleanUpReport | null>;
  /** Gives that, and how far the one under way has come, on whichever instance. */
  view(): Promise<CleanUpStatusResponse['data']>;
  /** Has the run under way end at its next batch, and lets another instance take it up at once. */
  stop(): Promise<void>;
  /** Gives the first time after an instant at which old records are to be deleted; `null` if none. */
  plannedAfter(instantMs: number): number | null;
}

/** What {@link createCleanUpJob} works with. */
export interface CleanUpJobParts {
  cleanUp: CleanUp;
  store: JobStore;
  jobLock: JobLock;
  /** Gives the first planned time after an instant; `null` if none ever comes. */
  plannedAfter: (instantMs: number) => number | null;
  /** Is told of every whole run. */
  report: (run: CleanUpReport) => void;
}

/** Makes the job. */
export function createCleanUpJob(parts: CleanUpJobParts): CleanUpJob {
  const { cleanUp, store, jobLock, plannedAfter, report } = parts;

  /** One that was killed counts as under way until another may take the job over. */
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
