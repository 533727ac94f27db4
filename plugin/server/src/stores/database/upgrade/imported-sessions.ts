import type { Strapi } from '../../../strapi';
import { toColumns, type SessionRow } from '../sessions/session-row';
import { batchesOf } from '../sql/batches';
import { tableOf } from '../sql/table';
import { createInTransaction } from '../sql/transaction';

/** How far the rows were read. */
export interface ImportProgress {
  /** The number of the last row. */
  row: number;
  imported: number;
  isDone: boolean;
}

/** The hash of a token, and the session that the token belongs to. */
export interface TokenHash {
  /** The SHA-256 of the token, in hexadecimal digits. */
  hash: string;
  userId: number;
  sessionId: string;
}

/** Sessions of another version, and the tokens that belong to them. */
export interface ImportedSessions {
  /** Inserts a page in one commit. Rows that are there already stay. */
  insert(rows: readonly SessionRow[], hashes: readonly TokenHash[]): Promise<void>;
  /** Returns the session that a token belongs to; `null` if it is no imported one's. */
  sessionOf(hash: string, userId: number): Promise<string | null>;
}

/** Tokens may be valid for any time, and one of an ended session must never begin another. */
const KEEP_UNTIL_MS = 8_640_000_000_000_000;

/** Tells these hashes from the fingerprints of other secrets. */
const labelled = (hash: string): string => `sha256:${hash.toLowerCase()}`;

/** Opens the tables of sessions and of links. */
export function createImportedSessions(strapi: Strapi): ImportedSessions {
  const sessions = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const links = tableOf(strapi, 'plugin::magic-sessionmanager.link');
  const inTransaction = createInTransaction(strapi);

  return {
    async insert(rows, hashes) {
      const linked = hashes.map(({ hash, userId, sessionId }) => ({
        fingerprint: labelled(hash),
        user_id: userId,
        session_id: sessionId,
        shared: false,
        keep_until_ms: KEEP_UNTIL_MS,
      }));
      await inTransaction(async () => {
        for (const batch of batchesOf(rows)) {
          const insert = sessions.query().insert(batch.map(toColumns));
          await sessions.run(insert.onConflict('session_id').ignore());
        }
        for (const batch of batchesOf(linked))
          await links.run(links.query().insert(batch).onConflict('fingerprint').ignore());
      });
    },

    async sessionOf(hash, userId) {
      const statement = links.query().where({ fingerprint: labelled(hash), user_id: userId });
      const link = await links.run<{ session_id: string } | undefined>(
        statement.first('session_id'),
      );
      return link?.session_id ?? null;
    },
  };
}
