import type { Knex } from 'knex';
import { USER_MODEL, type Strapi } from '../../../strapi';
import { COLUMNS } from './session-row';
import { createOwnRows } from '../sql/of-users';
import { tableOf } from '../sql/table';

/**
 * Searches sessions by a text.
 *
 * A session matches if the user's name or e-mail address contains the text, if the name of the
 * browser or system contains it, or if the IP address begins with it.
 */
export interface SessionSearch {
  /** Narrows a statement to the matches of a search; on its own it reads every row. */
  narrow(statement: Knex.QueryBuilder, search: string): Knex.QueryBuilder;
  /** Returns the row numbers of the matches, by indexes alone; `null` if there are too many. */
  matchingIds(search: string): Promise<number[] | null>;
}

/** With more matches than this, a scan of the rows soon finds enough of them. */
const MAX_MATCHES = 10_000;

/** The maximum number of users or device names that a statement lists. */
const MAX_NAMES = 1000;

const DEVICE_COLUMNS = [COLUMNS.browser, COLUMNS.os];

/** Opens the search over the tables of sessions and of users. */
export function createSessionSearch(strapi: Strapi): SessionSearch {
  const sessions = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const users = tableOf(strapi, USER_MODEL);
  const ownRows = createOwnRows(strapi, sessions);

  const named = (search: string): Knex.QueryBuilder =>
    users.query().where(containing(['username', 'email'], search));

  /** Reads the distinct values of an indexed column by one index look-up each, not row by row. */
  async function namesIn(column: string): Promise<string[]> {
    const names = sessions.raw(
      `(with recursive names (name, position) as (
          select min(??), 1 from ??
          union all
          select (select min(??) from ?? where ?? > names.name), position + 1 from names
          where name is not null and position <= ?
        ) select name from names where name is not null) as names`,
      [column, sessions.name, column, sessions.name, column, MAX_NAMES],
    );
    return await sessions.run<string[]>(sessions.query().from(names).pluck('name'));
  }

  async function usersNamed(search: string): Promise<Condition | null> {
    const ids = await users.run<number[]>(
      named(search)
        .limit(MAX_NAMES + 1)
        .pluck('id'),
    );
    if (ids.length > MAX_NAMES) return null;
    const ofThem = among(COLUMNS.userId, ids);
    if (ofThem === NOTHING) return NOTHING;
    return (where) => {
      ofThem(where);
      ownRows(where);
    };
  }

  async function devicesNamed(column: string, search: string): Promise<Condition | null> {
    const names = await namesIn(column);
    if (names.length > MAX_NAMES) return null;
    const text = search.toLowerCase();
    const found = names.filter((name) => name.toLowerCase().includes(text));
    return among(column, found);
  }

  return {
    narrow: (statement, search) =>
      statement.where((where) => {
        void where.where(containing(DEVICE_COLUMNS, search));
        void where.orWhere((own) => {
          void own.whereIn(COLUMNS.userId, named(search).select('id'));
          ownRows(own);
        });
        const address = fromAddress(search);
        if (address !== NOTHING) void where.orWhere(address);
      }),

    async matchingIds(search) {
      const conditions = [
        await usersNamed(search),
        fromAddress(search),
        ...(await Promise.all(DEVICE_COLUMNS.map((column) => devicesNamed(column, search)))),
      ];
      const found = new Set<number>();
      for (const condition of conditions) {
        if (!condition) return null;
        if (condition === NOTHING) continue;
        const rows = sessions
          .query()
          .where(condition)
          .limit(MAX_MATCHES + 1)
          .pluck('id');
        for (const id of await sessions.run<number[]>(rows)) found.add(id);
        if (found.size > MAX_MATCHES) return null;
      }
      return [...found];
    },
  };
}

/** Narrows a statement; {@link NOTHING} where no row can match. */
type Condition = ((where: Knex.QueryBuilder) => void) | typeof NOTHING;

const NOTHING = 'nothing';

function among(column: string, values: (string | number)[]): Condition {
  return values.length === 0 ? NOTHING : (where) => void where.whereIn(column, values);
}

function containing(columns: string[], search: string): (where: Knex.QueryBuilder) => void {
  const pattern = `%${literally(search.toLowerCase())}%`;
  return (where) => {
    for (const column of columns)
      void where.orWhereRaw(`lower(??) like ? escape '!'`, [column, pattern]);
  };
}

const ADDRESS = /^[\da-f.:]+$/;

/**
 * The range allows use of the index; in every collation `z` sorts after the digits of an address.
 */
function fromAddress(search: string): Condition {
  const start = search.toLowerCase();
  if (!ADDRESS.test(start)) return NOTHING;
  return (where) => {
    void where.whereBetween(COLUMNS.ip, [start, `${start}z`]);
    void where.whereRaw(`?? like ? escape '!'`, [COLUMNS.ip, `${literally(start)}%`]);
  };
}

function literally(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
