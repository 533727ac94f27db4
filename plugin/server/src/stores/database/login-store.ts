import type { Strapi } from '../../strapi';
import { sweepSizesOf } from './sql/batches';
import { tableOf } from './sql/table';

/** A place at which a user has logged in. */
export interface KnownPlace {
  /** The fingerprint of the place. */
  place: string;
  lastLoginAtMs: number;
}

/** The failed logins of a user, and the places among the given ones that the user is known at. */
export interface StoredLogins {
  /** The number of the last write; 0 before the first. */
  version: number;
  /** The core's record; `null` without one. */
  record: string | null;
  known: KnownPlace[];
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
  /** Reads both in one statement. Places without a login since `sinceMs` are not known. */
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
}

/** The most places of each kind of one user; the core counts on 20 of both kinds together. */
export const MAX_PLACES = 10;

/** The most places that one login deletes; MySQL takes no offset without a limit. */
const REMOVED = 100;

/** A row as the database driver returns it; some drivers return 64-bit integers as text. */
interface RawRow {
  place: string;
  record: string | null;
  version: number | string;
}

interface RawLock {
  user_id: number;
  locked_until_ms: number | string;
}

/** Opens the tables of failed logins and of places. */
export function createLoginStore(strapi: Strapi): LoginStore {
  const limits = tableOf(strapi, 'plugin::magic-sessionmanager.login-limit');
  const places = tableOf(strapi, 'plugin::magic-sessionmanager.login-place');
  const { deleted } = sweepSizesOf(strapi);

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
      const record = limits
        .query()
        .where('user_id', userId)
        .select(limits.raw("'' as place", []), 'record', limits.raw('version as version', []));
      const known = places
        .query()
        .where('user_id', userId)
        .whereIn('place', [...candidates])
        .where('last_login_at_ms', '>=', sinceMs)
        .select(
          'place',
          limits.raw('null as record', []),
          limits.raw('last_login_at_ms as version', []),
        );
      const rows = await limits.run<RawRow[]>(record.unionAll(known));
      const own = rows.find(({ place }) => place === '');
      return {
        version: Number(own?.version ?? 0),
        record: own?.record ?? null,
        known: rows
          .filter(({ place }) => place !== '')
          .map(({ place, version }) => ({ place, lastLoginAtMs: Number(version) })),
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
