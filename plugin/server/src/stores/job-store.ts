import type { Strapi } from '../strapi';
import { tableOf } from './table';

/** What came of a job when it was last done whole. */
export interface JobRun {
  finishedAtMs: number;
  tookMs: number;
  inactive: number;
  ended: number;
  deleted: number;
}

/** Who does a job at the moment, in the database that all instances share. */
export interface JobStore {
  /** Takes a job that nobody holds at an instant, until another; says whether that went well. */
  claim(holder: string, atMs: number, untilMs: number): Promise<boolean>;
  /** Keeps a job until later; says whether it was still held. */
  keep(holder: string, atMs: number, untilMs: number): Promise<boolean>;
  /** Lets a job go that is still held. */
  release(holder: string): Promise<void>;
  /** Writes down what came of it. */
  note(run: JobRun): Promise<void>;
  /** Gives what came of it the last time. */
  last(): Promise<JobRun | null>;
}

/** A row as the database driver gives it; some drivers give 64-bit integers as text. */
interface RawJob {
  finished_at_ms: number | string | null;
  took_ms: number | string | null;
  inactive: number | null;
  ended: number | null;
  deleted: number | null;
}

const NOBODY = '';

/** Opens the row of one job. */
export function createJobStore(strapi: Strapi, name: string): JobStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.job');
  const row = () => table.query().where('name', name);

  async function ensureRow(): Promise<void> {
    const insert = table.query().insert({ name, holder: NOBODY, held_until_ms: 0 });
    await table.run(insert.onConflict('name').ignore());
  }

  return {
    async claim(holder, atMs, untilMs) {
      await ensureRow();
      const free = row().where('held_until_ms', '<=', atMs);
      return (await table.run<number>(free.update({ holder, held_until_ms: untilMs }))) > 0;
    },

    async keep(holder, atMs, untilMs) {
      const held = row().where('holder', holder).where('held_until_ms', '>', atMs);
      return (await table.run<number>(held.update({ held_until_ms: untilMs }))) > 0;
    },

    async release(holder) {
      await table.run(row().where('holder', holder).update({ holder: NOBODY, held_until_ms: 0 }));
    },

    async note({ finishedAtMs, tookMs, ...counts }) {
      const columns = { finished_at_ms: finishedAtMs, took_ms: tookMs, ...counts };
      await table.run(row().update(columns));
    },

    async last() {
      const [raw] = await table.run<RawJob[]>(row().select());
      if (!raw || raw.finished_at_ms === null) return null;
      return {
        finishedAtMs: Number(raw.finished_at_ms),
        tookMs: Number(raw.took_ms),
        inactive: Number(raw.inactive),
        ended: Number(raw.ended),
        deleted: Number(raw.deleted),
      };
    },
  };
}
