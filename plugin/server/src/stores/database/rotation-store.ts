import type { Strapi } from '../../strapi';
import { batchesOf, sweepSizesOf } from './sql/batches';
import { tableOf } from './sql/table';

/** The exchange of a refresh token for its child. */
export interface TokenExchange {
  /** The id of the child, and of the token that was exchanged for it. */
  rotatedId: string;
  parentId: string;
  /** By which that token is known again. */
  parentFingerprint: string;
  rotatedAtMs: number;
}

/** Which session a rotated session id of Strapi belongs to, and how it came about. */
export interface RotationStore {
  /** Notes that an id belongs to a session; noting it again changes nothing. */
  add(rotatedId: string, sessionId: string): Promise<void>;
  /** Notes an exchange; false if that token has been exchanged already. */
  addExchange(exchange: TokenExchange, sessionId: string): Promise<boolean>;
  /** Finds the exchange of a token, and whether its child has been used. */
  exchangeOf(parentId: string): Promise<(TokenExchange & { used: boolean }) | null>;
  /** Notes that a child has been used. */
  markUsed(rotatedId: string): Promise<void>;
  /** Finds the session of an id, and whether the id has been used. */
  find(rotatedId: string): Promise<{ sessionId: string; used: boolean } | null>;
  rotatedIdsOf(sessionIds: readonly string[]): Promise<string[]>;
  /** Forgets the rotations of these sessions, but not that a session was adopted. */
  forget(sessionIds: readonly string[]): Promise<void>;
}

/** A row as the driver gives it. */
interface RawRotation {
  rotated_id: string;
  session_id: string;
  parent_id: string;
  parent_fingerprint: string;
  rotated_at_ms: string | number;
  used: unknown;
}

/** Opens the table of rotations. */
export function createRotationStore(strapi: Strapi): RotationStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.rotation');
  const { deleted } = sweepSizesOf(strapi);
  const first = (where: Record<string, string>): Promise<RawRotation | undefined> =>
    table.run(table.query().where(where).first());

  return {
    async add(rotatedId, sessionId) {
      const insert = table.query().insert({ rotated_id: rotatedId, session_id: sessionId });
      await table.run(insert.onConflict('rotated_id').ignore());
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
      };
    },

    async markUsed(rotatedId) {
      await table.run(table.query().where('rotated_id', rotatedId).update({ used: true }));
    },

    async find(rotatedId) {
      const row = await first({ rotated_id: rotatedId });
      return row ? { sessionId: row.session_id, used: Boolean(row.used) } : null;
    },

    async rotatedIdsOf(sessionIds) {
      const rotated: string[] = [];
      for (const batch of batchesOf(sessionIds)) {
        const those = table.query().whereIn('session_id', batch).pluck('rotated_id');
        // There may be more of them than a function takes arguments.
        for (const rotatedId of await table.run<string[]>(those)) rotated.push(rotatedId);
      }
      return rotated;
    },

    async forget(sessionIds) {
      for (;;) {
        const some = table.query().whereRaw('rotated_id <> session_id').limit(deleted);
        const rows = await table.run<number[]>(some.whereIn('session_id', sessionIds).pluck('id'));
        if (rows.length === 0) return;
        await table.run(table.query().whereIn('id', rows).delete());
      }
    },
  };
}
