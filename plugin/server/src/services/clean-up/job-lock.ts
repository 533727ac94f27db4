import type { CleanUpCounts } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import { MAX_CLOCK_SKEW_MS } from '../../stores/database/sql/timely-write';
import type { JobStore } from '../../stores/database/job-store';

/**
 * Reports the progress of the job and extends its lock.
 *
 * @throws LockLost where another instance may have taken over, and another error on shutdown.
 */
export type Heartbeat = (soFar: CleanUpCounts) => Promise<void>;

/** Runs a job unless another instance, or another call, runs it. */
export interface JobLock {
  /** Returns the result of the work; `null` while another run is in progress, and once stopped. */
  run<Result>(work: (heartbeat: Heartbeat) => Promise<Result>): Promise<Result | null>;
  /** Stops the current work at its next heartbeat, and releases the lock. */
  stop(): Promise<void>;
}

/** Thrown when the lock expired during the job. */
export class LockLost extends Error {
  constructor() {
    super('the clean-up took so long that another instance may have taken it over');
  }
}

/** Thrown when the process shuts down. */
class JobStopped extends Error {}

/** The lock of a killed process expires after this long, in milliseconds. */
const LOCK_TTL_MS = 60_000;

/** The shortest interval between two renewals of the lock, in milliseconds. */
const RENEW_EVERY_MS = 500;

/**
 * Creates the lock of a job.
 *
 * @param newHolder Returns a unique name for each run.
 */
export function createJobLock(store: JobStore, newHolder: () => string): JobLock {
  const currentRuns = new Set<Promise<unknown>>();
  let isStopping = false;

  async function claimAndRun<Result>(
    work: (heartbeat: Heartbeat) => Promise<Result>,
  ): Promise<Result | null> {
    const holder = newHolder();
    let renewedAtMs = nowMs();
    const untilMs = renewedAtMs + LOCK_TTL_MS;
    const freeSinceMs = renewedAtMs - MAX_CLOCK_SKEW_MS;
    if (!(await store.claim(holder, renewedAtMs, untilMs, freeSinceMs))) return null;
    const heartbeat = async (soFar: CleanUpCounts): Promise<void> => {
      if (isStopping) throw new JobStopped();
      const now = nowMs();
      if (Math.abs(now - renewedAtMs) < RENEW_EVERY_MS) return;
      if (!(await store.renew(holder, now, now + LOCK_TTL_MS, soFar))) throw new LockLost();
      renewedAtMs = now;
    };
    try {
      return await work(heartbeat);
    } catch (error) {
      if (error instanceof JobStopped) return null;
      throw error;
    } finally {
      await store.release(holder);
    }
  }

  return {
    async run(work) {
      if (isStopping) return null;
      const running = claimAndRun(work);
      currentRuns.add(running);
      try {
        return await running;
      } finally {
        currentRuns.delete(running);
      }
    },

    async stop() {
      isStopping = true;
      await Promise.allSettled(currentRuns);
    },
  };
}
