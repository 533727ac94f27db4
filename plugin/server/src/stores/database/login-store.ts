import type { Knex } from 'knex';
import { USER_MODEL, type Strapi } from '../../strapi';
import { COUNTER } from './not-before-store';
import { sweepSizesOf } from './sql/batches';
import { tableOf, type Table } from './sql/table';

/** A place at which a user has logged in. */
export interface KnownPlace {
  /** The fingerprint of the place. */
  place: string;
  lastLoginAtMs: number;
}

/** What a login needs to know of a user, all as of one instant. */
export interface StoredLogins {
  /** The number of the last write; 0 before the first. */
  version: number;
  /** The core's record; `null` without one. */
  record: string | null;
  /** The places among the given ones that the user is known at. */
  known: KnownPlace[];
  /** The number of the newest revocation of any user; 0 without any. */
  newestRevocation: number;
  /** Whether the user is blocked or deleted. */
  isBlocked: boolean;
}

/** The values of a write. */
export interface LoginChange {
  record: string;
  /** When the user's lock ends, in Unix milliseconds; 0 without one. */
  lockedUntilMs: number;
  changedAtMs: number;
}

/** A user who is locked. */
export interface LockedUser {
  userId: number;
  lockedUntilMs: number;
}

/** The failed logins of users, and their known places, in the database. */
export interface LoginStore {
  /** Reads it in one statement. Places without a login since `sinceMs` are not known. */
  read(userId: number, places: readonly string[], sinceMs: number): Promise<StoredLogins>;
  /** Writes the failed logins unless another writer was faster; tells whether it did. */
  write(userId: number, version: number, change: LoginChange): Promise<boolean>;
  /** Clears the failed logins of a user. */
  clear(userId: number, changedAtMs: number): Promise<void>;
  /**
   * Records a login at a place. Beyond {@link MAX_PLACES} of its kind, which is its first letter, the
   * oldest is deleted.
   */
  remember(userId: number, place: KnownPlace): Promise<void>;
  /** Returns the users who are locked after an instant, those locked longest first. */
  locked(nowMs: number, limit: number): Promise<LockedUser[]>;
  /** Deletes a batch of places without a login since an instant; returns their number. */
  removePlacesUntil(untilMs: number): Promise<number>;
  /** Deletes the failed logins and the places of users. */
  removeUsers(userIds: readonly number[]): Promise<void>;
  /** Deletes the failed logins and the places of all users. */
  removeEveryone(): Promise<void>;
}

/** The most places of each kind of one user; the core counts on 20 of both kinds together. */
export const MAX_PLACES = 10;

/** The most places that one login deletes; MySQL takes no offset without a limit. */
const REMOVED = 100;

/**
 * A row of one of the four tables as the database driver returns it; some drivers return 64-bit
 * integers as text.
 */
interface RawRow {
  source: 'record' | 'place' | 'revocation' | 'user';
  /** The record or the place. */
  text: string | null;
  /** The version, the last login, the revocation's number, or 1 for a blocked user. */
  number: number | string | null;
}

interface RawLock {
  user_id: number;
  locked_until_ms: number | string;
}

/** Opens the tables of failed logins and of places. */
export function createLoginStore(strapi: Strapi): LoginStore {
  const limits = tableOf(strapi, 'plugin::magic-sessionmanager.login-limit');
  const places = tableOf(strapi, 'plugin::magic-sessionmanager.login-place');
  const notBefores = tableOf(strapi, 'plugin::magic-sessionmanager.not-before');
  const users = tableOf(strapi, USER_MODEL);
  const { deleted } = sweepSizesOf(strapi);

  /** Selects a row's columns under the names that all four tables share. */
  function rowsOf(
    table: Table,
    source: RawRow['source'],
    text: Knex.Raw | string,
    number: Knex.Raw | string,
  ): Knex.QueryBuilder {
    const named = (value: Knex.Raw | string, name: string): Knex.Raw =>
      typeof value === 'string'
        ? table.raw('?? as ??', [value, name])
        : table.raw('? as ??', [value, name]);
    const columns = [
      table.raw(`'${source}' as source`, []),
      named(text, 'text'),
      named(number, 'number'),
    ];
    return table.query().select(columns);
  }

  async function insertRow(userId: number, changedAtMs: number): Promise<void> {
    const row = { user_id: userId, version: 0, locked_until_ms: 0, changed_at_ms: changedAtMs };
    await limits.run(limits.query().insert(row).onConflict('user_id').ignore());
  }

  async function removeOldest(userId: number, kind: string): Promise<void> {
    const oldest = places
      .query()
      .where('user_id', userId)
      .where('place', 'like', `${kind}%`)
      .orderBy('last_login_at_ms', 'desc')
      .offset(MAX_PLACES)
      .limit(REMOVED)
      .pluck('id');
    const ids = await places.run<number[]>(oldest);
    if (ids.length > 0) await places.run(places.query().whereIn('id', ids).delete());
  }

  return {
    async read(userId, candidates, sinceMs) {
      const none = limits.raw('null', []);
      const isBlocked = users.raw('case when ?? then 1 else 0 end', ['blocked']);
      const statement = rowsOf(limits, 'record', 'record', 'version')
        .where('user_id', userId)
        .unionAll(
          rowsOf(places, 'place', 'place', 'last_login_at_ms')
            .where('user_id', userId)
            .whereIn('place', [...candidates])
            .where('last_login_at_ms', '>=', sinceMs),
        )
        .unionAll(rowsOf(notBefores, 'revocation', none, 'revocation').where('user_id', COUNTER))
        .unionAll(rowsOf(users, 'user', none, isBlocked).where('id', userId));
      const rows = await limits.run<RawRow[]>(statement);
      const rowOf = (source: RawRow['source']): RawRow | undefined =>
        rows.find((row) => row.source === source);
      return {
        version: Number(rowOf('record')?.number ?? 0),
        record: rowOf('record')?.text ?? null,
        known: rows.flatMap(({ source, text, number }) =>
          source === 'place' && text !== null
            ? [{ place: text, lastLoginAtMs: Number(number) }]
            : [],
        ),
        newestRevocation: Number(rowOf('revocation')?.number ?? 0),
        isBlocked: Number(rowOf('user')?.number ?? 1) !== 0,
      };
    },

    async write(userId, version, { record, lockedUntilMs, changedAtMs }) {
      const row = limits.query().where({ user_id: userId, version });
      const columns = {
        record,
        version: version + 1,
        locked_until_ms: lockedUntilMs,
        changed_at_ms: changedAtMs,
      };
      const update = (): Promise<number> => limits.run<number>(row.clone().update(columns));
      if ((await update()) > 0) return true;
      if (version > 0) return false;
      await insertRow(userId, changedAtMs);
      return (await update()) > 0;
    },

    async clear(userId, changedAtMs) {
      const cleared = { record: null, locked_until_ms: 0, changed_at_ms: changedAtMs };
      const row = limits.query().where('user_id', userId);
      // A writer that has read the record before must not write it back.
      await limits.run(row.update({ ...cleared, version: limits.raw('?? + 1', ['version']) }));
    },

    async remember(userId, { place, lastLoginAtMs }) {
      const row = { user_id: userId, place, last_login_at_ms: lastLoginAtMs };
      const insert = places.query().insert(row).onConflict(['user_id', 'place']);
      await places.run(insert.merge({ last_login_at_ms: lastLoginAtMs }));
      await removeOldest(userId, place.slice(0, 1));
    },

    async locked(nowMs, limit) {
      const rows = limits
        .query()
        .where('locked_until_ms', '>', nowMs)
        .orderBy('locked_until_ms', 'desc')
        .limit(limit)
        .select('user_id', 'locked_until_ms');
      return (await limits.run<RawLock[]>(rows)).map((raw) => ({
        userId: raw.user_id,
        lockedUntilMs: Number(raw.locked_until_ms),
      }));
    },

    async removePlacesUntil(untilMs) {
      const elapsed = places.query().where('last_login_at_ms', '<', untilMs).limit(deleted);
      const ids = await places.run<number[]>(elapsed.pluck('id'));
      if (ids.length > 0) await places.run(places.query().whereIn('id', ids).delete());
      return ids.length;
    },

    async removeEveryone() {
      for (const table of [limits, places]) await table.run(table.query().delete());
    },

    async removeUsers(userIds) {
      if (userIds.length === 0) return;
      for (const table of [limits, places])
        await table.run(
          table
            .query()
            .whereIn('user_id', [...userIds])
            .delete(),
        );
    },
  };
}
