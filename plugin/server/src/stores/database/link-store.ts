import type { Strapi } from '../../strapi';
import { batchesOf, sweepSizesOf } from './sql/batches';
import { tableOf } from './sql/table';

/** The session that a secret of another plugin belongs to. */
export interface Link {
  fingerprint: string;
  /** The session of the newest answer that the secret left in. */
  sessionId: string;
  /** Whether the secret left for several sessions. */
  shared: boolean;
  keepUntilMs: number;
}

/** Secrets that left in one answer, with the session that they belong to. */
export interface LinkedSecrets {
  fingerprints: readonly string[];
  userId: number;
  sessionId: string;
  keepUntilMs: number;
}

/** The secrets of other plugins in the database, by their fingerprints. */
export interface LinkStore {
  /** Returns the links of a user among these fingerprints. */
  find(fingerprints: readonly string[], userId: number): Promise<Link[]>;
  /**
   * Links secrets to a session.
   *
   * A text that also left for another user is no secret, and links nothing from then on.
   */
  save(secrets: LinkedSecrets): Promise<void>;
  /** Keeps links longer. */
  keep(fingerprints: readonly string[], keepUntilMs: number): Promise<void>;
  /** Deletes a batch of the links whose time is over; returns their number. */
  removeElapsed(nowMs: number): Promise<number>;
}

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
interface RawLink {
  fingerprint: string;
  session_id: string;
  shared: unknown;
  keep_until_ms: number | string;
}

/** The user id of a text that left for several users. */
const NOBODY = 0;

/** Opens the table of links. */
export function createLinkStore(strapi: Strapi): LinkStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.link');
  const { deleted } = sweepSizesOf(strapi);

  return {
    async find(fingerprints, userId) {
      const links: Link[] = [];
      for (const batch of batchesOf(fingerprints)) {
        const rows = table.query().whereIn('fingerprint', batch).where('user_id', userId);
        links.push(...(await table.run<RawLink[]>(rows)).map(fromRaw));
      }
      return links;
    },

    async save({ fingerprints, userId, sessionId, keepUntilMs }) {
      const columns = { session_id: sessionId, keep_until_ms: keepUntilMs };
      const rows = fingerprints.map((fingerprint) => ({
        fingerprint,
        user_id: userId,
        shared: false,
        ...columns,
      }));
      const stored = (column: string): string => `${table.name}.${column}`;
      const insert = table.query().insert(rows).onConflict('fingerprint');
      // MySQL assigns in this order, and reads what it has assigned.
      await table.run(
        insert.merge({
          shared: table.raw('case when ?? = ? then ?? else ? end', [
            stored('session_id'),
            sessionId,
            stored('shared'),
            true,
          ]),
          user_id: table.raw('case when ?? = ? then ?? else ? end', [
            stored('user_id'),
            userId,
            stored('user_id'),
            NOBODY,
          ]),
          ...columns,
        }),
      );
    },

    async keep(fingerprints, keepUntilMs) {
      const rows = table.query().whereIn('fingerprint', [...fingerprints]);
      await table.run(rows.update({ keep_until_ms: keepUntilMs }));
    },

    async removeElapsed(nowMs) {
      const elapsed = table.query().where('keep_until_ms', '<', nowMs).limit(deleted);
      const ids = await table.run<number[]>(elapsed.pluck('id'));
      if (ids.length > 0) await table.run(table.query().whereIn('id', ids).delete());
      return ids.length;
    },
  };
}

function fromRaw(raw: RawLink): Link {
  return {
    fingerprint: raw.fingerprint,
    sessionId: raw.session_id,
    shared: Boolean(raw.shared),
    keepUntilMs: Number(raw.keep_until_ms),
  };
}
