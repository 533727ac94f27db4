import { CORE_STORE_MODEL, PERMISSION_MODEL, ROLE_MODEL, USER_MODEL } from '../../strapi';
import type { DatabaseEvent, DatabaseEvents, Handlers } from '../database-events';
import type { SeamParts } from '../parts';
import { SETTINGS_KEY } from './principal-reads';

/**
 * Drops what is remembered about who asks as soon as it changes, and again after the COMMIT: until
 * then other requests still read what was before.
 */
export function followPrincipalChanges(parts: SeamParts, events: DatabaseEvents): () => void {
  const { principals, principalNews, afterCommit } = parts;

  /** Returns the handlers of a model, with a function that returns how an event is answered. */
  function onWrite(dropOf: (event: DatabaseEvent) => (() => void) | null): Handlers {
    const handle = async (event: DatabaseEvent): Promise<void> => {
      const drop = dropOf(event);
      if (!drop) return;
      drop();
      const dropAndTell = (): void => {
        drop();
        principalNews.tell();
      };
      await afterCommit(dropAndTell, dropAndTell);
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

  const all = (): void => principals.dropAll();
  const ofUser = ({ result }: DatabaseEvent): (() => void) => {
    const id = fieldOf(result, 'id');
    return typeof id === 'number' ? () => principals.dropUser(id) : all;
  };
  const ofSettings = ({ result }: DatabaseEvent): (() => void) | null => {
    const key = fieldOf(result, 'key');
    const isOther = typeof key === 'string' && key !== SETTINGS_KEY;
    return isOther ? null : () => principals.dropSettings();
  };
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
  ];
  return () => releases.forEach((release) => release());
}

function fieldOf(row: unknown, name: 'id' | 'key'): unknown {
  return typeof row === 'object' && row !== null
    ? (row as Record<string, unknown>)[name]
    : undefined;
}
