import type { Knex } from 'knex';
import type { JournalEvent } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { batchesOf, sweepSizesOf } from '../sql/batches';
import { createEntryOwners, type EntryOwners } from './entry-owners';
import type { JournalEntry } from './journal-entry';
import { createOfUsers, OWNER_COLUMNS } from '../sql/of-users';
import { whereTime, whereValue, type Span, type Values } from '../sql/conditions';
import { tableOf } from '../sql/table';

/** An entry with the number of its row. */
export type StoredEntry = JournalEntry & EntryOwners & { id: number };

/** A filter of entries. */
export interface JournalFilter {
  sessionId: Values<string>;
  userId: Values<number>;
  what: Values<JournalEvent>;
  at: Span;
}

/** A page of matching entries, newest first; pages count from 1. */
export interface JournalQuery extends JournalFilter {
  page: number;
  pageSize: number;
}

/** The journal in the database. */
export interface JournalStore {
  /** Inserts entries in batches. */
  append(entries: JournalEntry[]): Promise<void>;
  read(query: JournalQuery): Promise<StoredEntry[]>;
  count(filter: JournalFilter): Promise<number>;
  /**
   * Deletes a batch of the entries made at an instant or before, oldest first; returns their
   * number.
   *
   * @param events Which entries: those of changed settings, or all others.
   */
  removeUntil(atOrBeforeMs: number, events: 'settings' | 'others'): Promise<number>;
}

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
type RawEntry = Omit<StoredEntry, 'atMs'> & { atMs: number | string };

const COLUMNS = {
  atMs: 'at_ms',
  what: 'what',
  actorType: 'actor_type',
  actorId: 'actor_id',
  sessionId: 'session_id',
  ...OWNER_COLUMNS,
  why: 'why',
  details: 'details',
  ip: 'ip',
  userAgent: 'user_agent',
  actorDocumentId: 'actor_document_id',
} as const satisfies Record<keyof (JournalEntry & EntryOwners), string>;

const SETTINGS_CHANGED: JournalEvent = 'settings.changed';

/** Opens the table of the journal. */
export function createJournalStore(strapi: Strapi): JournalStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.journal-entry');
  const ofUsers = createOfUsers(strapi, table);
  const withOwners = createEntryOwners(strapi);
  const { deleted } = sweepSizesOf(strapi);

  const matching = ({ sessionId, userId, what, at }: JournalFilter): Knex.QueryBuilder => {
    const statement = table.query();
    whereValue(statement, COLUMNS.sessionId, sessionId);
    ofUsers(statement, userId);
    whereValue(statement, COLUMNS.what, what);
    whereTime(statement, COLUMNS.atMs, at);
    return statement;
  };

  return {
    async append(entries) {
      for (const batch of batchesOf(entries)) {
        await table.runInBackground(table.query().insert((await withOwners(batch)).map(toColumns)));
      }
    },

    async read({ page, pageSize, ...filter }) {
      const rows = matching(filter)
        .orderBy(COLUMNS.atMs, 'desc')
        .orderBy('id', 'desc')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
        .select({ id: 'id', ...COLUMNS });
      return (await table.run<RawEntry[]>(rows)).map(withNumbers);
    },

    async count(filter) {
      const counted = await table.run<{ total: number | string }>(
        matching(filter).count({ total: '*' }).first(),
      );
      return Number(counted.total);
    },

    async removeUntil(atOrBeforeMs, events) {
      const old = table
        .query()
        .where(COLUMNS.atMs, '<=', atOrBeforeMs)
        .where(COLUMNS.what, events === 'settings' ? '=' : '<>', SETTINGS_CHANGED);
      const ids = await table.run<number[]>(old.orderBy(COLUMNS.atMs).limit(deleted).pluck('id'));
      if (ids.length > 0) await table.run(table.query().whereIn('id', ids).delete());
      return ids.length;
    },
  };
}

function toColumns(entry: JournalEntry & EntryOwners): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([field, column]) => [column, entry[field as keyof typeof entry]]),
  );
}

function withNumbers(row: RawEntry): StoredEntry {
  return { ...row, atMs: Number(row.atMs) };
}
