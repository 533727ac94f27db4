import type { CleanUpCounts } from '../../../../shared/contracts';
import type { Strapi } from '../../strapi';
import { tableOf } from './sql/table';

/** The result of a job's last finished run. */
export interface JobRun extends CleanUpCounts {
  finishedAtMs: number;
  tookMs: number;
}

/** The progress of a running job. */
export interface JobProgress extends CleanUpCounts {
  startedAtMs: number;
}

/** The lock, the progress and the last result of a job, shared by all instances. */
export interface JobStore {
  /**
   * Takes the lock until `untilMs` if it expired at `freeSinceMs` or before; tells whether it did.
   */
  claim(holder: string, nowMs: number, untilMs: number, freeSinceMs: number): Promise<boolean>;
  /** Extends the lock and records the progress; returns false where the lock is lost. */
  renew(holder: string, atMs: number, untilMs: number, soFar: CleanUpCounts): Promise<boolean>;
  /** Releases the lock if `holder` still holds it. */
  release(holder: string): Promise<void>;
  /** Records the result of a finished run. */
  recordRun(run: JobRun): Promise<void>;
  /** Returns the state of the job; it is running where the lock expires after `freeSinceMs`. */
  view(freeSinceMs: number): Promise<JobView>;
}

/** The last result of a job, and its progress while it runs. */
export interface JobView {
  last: JobRun | null;
  current: JobProgress | null;
}

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
interface RawJob {
  holder: string;
  held_until_ms: number | string;
  started_at_ms: number | string | null;
  inactive_so_far: number | null;
  terminated_so_far: number | null;
  deleted_so_far: number | null;
  finished_at_ms: number | string | null;
  took_ms: number | string | null;
  inactive: number | null;
  terminated: number | null;
  deleted: number | null;
}

const NOBODY = '';
const NOTHING: CleanUpCounts = { inactive: 0, terminated: 0, deleted: 0 };

/** Opens the row of one job. */
export function createJobStore(strapi: Strapi, name: string): JobStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.job');
  const row = () => table.query().where('name', name);

  async function ensureRow(): Promise<void> {
    const insert = table.query().insert({ name, holder: NOBODY, held_until_ms: 0 });
    await table.runInBackground(insert.onConflict('name').ignore());
  }

  return {
    async claim(holder, nowMs, untilMs, freeSinceMs) {
      await ensureRow();
      const free = row().where('held_until_ms', '<=', freeSinceMs);
      const times = { held_until_ms: untilMs, started_at_ms: nowMs };
      return (
        (await table.runInBackground<number>(
          free.update({ holder, ...times, ...soFarColumns() }),
        )) > 0
      );
    },

    async renew(holder, atMs, untilMs, soFar) {
      const held = row().where('holder', holder).where('held_until_ms', '>', atMs);
      const kept = { held_until_ms: untilMs, ...soFarColumns(soFar) };
      return (await table.runInBackground<number>(held.update(kept))) > 0;
    },

    async release(holder) {
      await table.runInBackground(
        row().where('holder', holder).update({ holder: NOBODY, held_until_ms: 0 }),
      );
    },

    async recordRun({ finishedAtMs, tookMs, ...counts }) {
      const columns = { finished_at_ms: finishedAtMs, took_ms: tookMs, ...counts };
      await table.runInBackground(row().update(columns));
    },

    async view(freeSinceMs) {
      const [raw] = await table.runInBackground<RawJob[]>(row().select());
      if (!raw) return { last: null, current: null };
      const isHeld = raw.holder !== NOBODY && Number(raw.held_until_ms) > freeSinceMs;
      // An instance of an earlier release does not record when a run began.
      const hasProgress = Number(raw.started_at_ms) > Number(raw.finished_at_ms);
      return { last: lastOf(raw), current: isHeld && hasProgress ? progressOf(raw) : null };
    },
  };
}

function lastOf(raw: RawJob): JobRun | null {
  if (raw.finished_at_ms === null) return null;
  return {
    finishedAtMs: Number(raw.finished_at_ms),
    tookMs: Number(raw.took_ms),
    inactive: Number(raw.inactive),
    terminated: Number(raw.terminated),
    deleted: Number(raw.deleted),
  };
}

function progressOf(raw: RawJob): JobProgress {
  return {
    startedAtMs: Number(raw.started_at_ms),
    inactive: Number(raw.inactive_so_far),
    terminated: Number(raw.terminated_so_far),
    deleted: Number(raw.deleted_so_far),
  };
}

function soFarColumns({ inactive, terminated, deleted } = NOTHING): Record<string, number> {
  return { inactive_so_far: inactive, terminated_so_far: terminated, deleted_so_far: deleted };
}
