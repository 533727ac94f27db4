import type { CleanUpCounts } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import { MAX_CLOCK_SKEW_MS } from '../../stores/database/sql/timely-write';
import type { JobStore } from '../../stores/database/job-store';

/**
 * Says what the job has done so far and keeps it for longer; throws where that is not to go on,
 * {@link LockLost} because another may be at it.
 */
export type Heartbeat = (soFar: CleanUpCounts) => Promise<void>;

/** Does a job unless another instance, or another call, is at it. */
export interface JobLock {
  /** Gives what the work gives; `null` while another is at it, and once it is to stop. */
  run<Result>(work: (heartbeat: Heartbeat) => Promise<Result>): Promise<Result | null>;
  /** Has the work under way end at its next batch, and lets others have the job at once. */
  stop(): Promise<void>;
}

/** Is thrown when a job took so long that another may have begun with it. */
export class LockLost extends Error {
  constructor() {
    super('the clean-up was held up for so long that another instance may have taken it over');
  }
}

/** Says that the process ends. */
class JobStopped extends Error {}

/** One that was killed frees the job after this long, in milliseconds. */
const LOCK_TTL_MS = 60_000;

/** How long ago a job may have been kept before it is kept again, in milliseconds. */
const RENEW_EVERY_MS = 500;

/** Makes the guard of a job; `newHolder` names one run of it. */
export function createJobLock(store: JobStore, newHolder: () => string): JobLock {
  const underWay = new Set<Promise<unknown>>();
  let isStopping = false;

  async function claimAndRun<Result>(
    work: (heartbeat: Heartbeat) => Promise<Result>,
  ): Promise<Result | null> {
    const holder = newHolder();
    let keptAtMs = nowMs();
    const untilMs = keptAtMs + LOCK_TTL_MS;
    if (!(await store.claim(holder, keptAtMs, untilMs, keptAtMs - MAX_CLOCK_SKEW_MS))) return null;
    const heartbeat = async (soFar: CleanUpCounts): Promise<void> => {
      if (isStopping) throw new JobStopped();
      const now = nowMs();
      if (Math.abs(now - keptAtMs) < RENEW_EVERY_MS) return;
      if (!(await store.renew(holder, now, now + LOCK_TTL_MS, soFar))) throw new LockLost();
      keptAtMs = now;
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
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },

    async stop() {
      isStopping = true;
      await Promise.allSettled(underWay);
    },
  };
}
