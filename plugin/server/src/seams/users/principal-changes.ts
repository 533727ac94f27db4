import {
  CORE_STORE_MODEL,
  PERMISSION_MODEL,
  ROLE_MODEL,
  USER_MODEL,
  type Strapi,
} from '../../strapi';
import type { DatabaseEvent, DatabaseEvents, Handlers } from '../database-events';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';
import { SETTINGS_KEY } from './principal-reads';

/** Drops what a change concerns. */
type Drop = () => void;

/**
 * Drops what is remembered of users, roles and settings as soon as they change, and again after the
 * COMMIT: until then other requests still read what was before.
 *
 * @returns A function that ends this, and with it all remembering.
 */
export function followPrincipalChanges(parts: SeamParts, events: DatabaseEvents): () => void {
  const { strapi, principals, principalNews, watchCommit } = parts;

  async function changed(drop: Drop): Promise<void> {
    drop();
    const dropAndTell = (): void => {
      drop();
      principalNews.tell();
    };
    if (!strapi.db.inTransaction()) dropAndTell();
    // A COMMIT that fails may have been done all the same.
    else await watchCommit((commit) => void commit.then(dropAndTell, dropAndTell));
  }

  function onWrite(dropOf: (event: DatabaseEvent) => Drop | null): Handlers {
    const handle = async (event: DatabaseEvent): Promise<void> => {
      const drop = dropOf(event);
      if (drop) await changed(drop);
    };
    return {
      afterCreate: handle,
      afterCreateMany: handle,
      afterUpdate: handle,
      afterUpdateMany: handle,
      afterDelete: handle,
      afterDeleteMany: handle,
    };
  }

  const all: Drop = () => principals.dropAll();
  const ofUser = ({ result }: DatabaseEvent): Drop => {
    const id = fieldOf(result, 'id');
    return typeof id === 'number' ? () => principals.dropUser(id) : all;
  };
  const ofSettings = ({ result }: DatabaseEvent): Drop | null => {
    const key = fieldOf(result, 'key');
    const isOther = typeof key === 'string' && key !== SETTINGS_KEY;
    return isOther ? null : () => principals.dropSettings();
  };
  for (const model of [USER_MODEL, ROLE_MODEL, PERMISSION_MODEL])
    followRelations(strapi, model, () => changed(all));
  const releases = [
    events.on(USER_MODEL, onWrite(ofUser)),
    events.on(
      ROLE_MODEL,
      onWrite(() => all),
    ),
    events.on(
      PERMISSION_MODEL,
      onWrite(() => all),
    ),
    events.on(CORE_STORE_MODEL, onWrite(ofSettings)),
    () => principals.stop(),
  ];
  return () => releases.forEach((release) => release());
}

/** The writes of relations in a repository; the query engine tells of none of them. */
type RelationWrites = Partial<
  Record<'attachRelations' | 'updateRelations' | 'deleteRelations', RelationWrite>
>;
type RelationWrite = (...args: unknown[]) => Promise<unknown>;

function followRelations(strapi: Strapi, model: string, changed: () => Promise<void>): void {
  // Strapi types the relations by the content types, which an app may extend.
  const repository = strapi.db.query(model) as unknown as RelationWrites;
  for (const name of ['attachRelations', 'updateRelations', 'deleteRelations'] as const) {
    wrapOnce(repository, name, (write) => async (...args) => {
      const result = await write?.(...args);
      await changed();
      return result;
    });
  }
}

function fieldOf(row: unknown, name: 'id' | 'key'): unknown {
  if (typeof row !== 'object' || row === null) return undefined;
  return (row as Record<string, unknown>)[name];
}
