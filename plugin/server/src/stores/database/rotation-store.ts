import type { Strapi } from '../../strapi';
import { batchesOf, sweepSizesOf } from './sql/batches';
import { tableOf } from './sql/table';

/** The exchange of a refresh token (the parent) for the next one (the child). */
export interface TokenExchange {
  /** Strapi's session id of the child. */
  rotatedId: string;
  /** Strapi's session id of the parent. */
  parentId: string;
  /** The fingerprint of the whole parent token. */
  parentFingerprint: string;
  rotatedAtMs: number;
}

/** The first use of a child. */
export interface ChildUse {
  used: boolean;
  /** The fingerprint of the address and device of the first use; `null` where it is unknown. */
  usedBy: string | null;
}

/** The rotations of Strapi's session ids, with the session of each. */
export interface RotationStore {
  /**
   * Records that an id belongs to a session; idempotent.
   *
   * @param keepUntilMs The record outlives the session until then, in Unix milliseconds, because the
   *   id alone does not tell that it had one.
   */
  add(rotatedId: string, sessionId: string, keepUntilMs?: number): Promise<void>;
  /**
   * Records that a session was adopted; idempotent.
   *
   * @param keepUntilMs When its tokens expire, in Unix milliseconds; `null` where that is unknown.
   */
  addMark(sessionId: string, keepUntilMs: number | null): Promise<void>;
  /** Deletes a batch of the marks of adopted tokens that expired by an instant; returns their number. */
  removeMarks(expiredByMs: number): Promise<number>;
  /** Records an exchange; returns false if the parent was exchanged already. */
  addExchange(exchange: TokenExchange, sessionId: string): Promise<boolean>;
  /** Finds the exchange of a parent, and the first use of its child. */
  exchangeOf(parentId: string): Promise<(TokenExchange & ChildUse) | null>;
  /** Records the first use of a child; a later use changes nothing. */
  markUsed(rotatedId: string, usedBy: string | null): Promise<void>;
  /** Finds the session of an id, and whether the id was used. */
  find(rotatedId: string): Promise<{ sessionId: string; used: boolean } | null>;
  /** Reads the ids of these sessions page by page; a session may have many thousands. */
  rotatedIdsOf(sessionIds: readonly string[]): AsyncGenerator<string[]>;
  /**
   * Deletes the rotations of these sessions, but keeps dated ones, and the marks of adopted sessions
   * until their instant, which is `nowMs` for a mark without one.
   */
  forget(sessionIds: readonly string[], nowMs: number): Promise<void>;
}

/** A row as the database driver returns it. */
interface RawRotation {
  rotated_id: string;
  session_id: string;
  parent_id: string;
  parent_fingerprint: string;
  rotated_at_ms: string | number;
  used: unknown;
  used_by: string | null;
}

/** The number of rotations per page. */
const PAGE_SIZE = 1000;

/** Opens the table of rotations. */
export function createRotationStore(strapi: Strapi): RotationStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.rotation');
  const { deleted } = sweepSizesOf(strapi);
  const first = (where: Record<string, string>): Promise<RawRotation | undefined> =>
    table.run(table.query().where(where).first());

  return {
    async add(rotatedId, sessionId, keepUntilMs) {
      const rotation = { rotated_id: rotatedId, session_id: sessionId };
      const insert = table.query().insert({ ...rotation, keep_until_ms: keepUntilMs ?? null });
      await table.run(insert.onConflict('rotated_id').ignore());
    },

    async addMark(sessionId, keepUntilMs) {
      const mark = { rotated_id: sessionId, session_id: sessionId, keep_until_ms: keepUntilMs };
      await table.run(table.query().insert(mark).onConflict('rotated_id').ignore());
    },

    async removeMarks(expiredByMs) {
      const expired = table.query().where('keep_until_ms', '<=', expiredByMs);
      const batch = expired.orderBy('keep_until_ms').limit(deleted);
      const rows = await table.run<number[]>(batch.pluck('id'));
      if (rows.length > 0) await table.run(table.query().whereIn('id', rows).delete());
      return rows.length;
    },

    async addExchange({ rotatedId, parentId, parentFingerprint, rotatedAtMs }, sessionId) {
      if (await first({ parent_id: parentId })) return false;
      const insert = table.query().insert({
        rotated_id: rotatedId,
        session_id: sessionId,
        parent_id: parentId,
        parent_fingerprint: parentFingerprint,
        rotated_at_ms: rotatedAtMs,
        used: false,
      });
      await table.run(insert.onConflict('parent_id').ignore());
      return (await first({ parent_id: parentId }))?.rotated_id === rotatedId;
    },

    async exchangeOf(parentId) {
      const row = await first({ parent_id: parentId });
      if (!row) return null;
      return {
        rotatedId: row.rotated_id,
        parentId: row.parent_id,
        parentFingerprint: row.parent_fingerprint,
        rotatedAtMs: Number(row.rotated_at_ms),
        used: Boolean(row.used),
        usedBy: row.used_by,
      };
    },

    async markUsed(rotatedId, usedBy) {
      const unused = table
        .query()
        .where('rotated_id', rotatedId)
        .where((either) => {
          void either.where('used', false).orWhereNull('used');
        });
      await table.run(unused.update({ used: true, used_by: usedBy }));
    },

    async find(rotatedId) {
      const row = await first({ rotated_id: rotatedId });
      return row ? { sessionId: row.session_id, used: Boolean(row.used) } : null;
    },

    async *rotatedIdsOf(sessionIds) {
      for (const batch of batchesOf(sessionIds)) {
        let after = 0;
        for (;;) {
          const those = table.query().whereIn('session_id', batch).where('id', '>', after);
          const page = those.orderBy('id').limit(PAGE_SIZE).select('id', 'rotated_id');
          const rows = await table.run<{ id: number; rotated_id: string }[]>(page);
          if (rows.length > 0) yield rows.map((row) => row.rotated_id);
          after = rows.at(-1)?.id ?? after;
          if (rows.length < PAGE_SIZE) break;
        }
      }
    },

    async forget(sessionIds, nowMs) {
      for (;;) {
        const undated = table.query().whereNull('keep_until_ms');
        const some = undated.whereRaw('rotated_id <> session_id').limit(deleted);
        const rows = await table.run<number[]>(some.whereIn('session_id', sessionIds).pluck('id'));
        if (rows.length === 0) break;
        await table.run(table.query().whereIn('id', rows).delete());
      }
      const undated = table.query().whereIn('rotated_id', sessionIds).whereNull('keep_until_ms');
      await table.run(undated.update({ keep_until_ms: nowMs }));
    },
  };
}
