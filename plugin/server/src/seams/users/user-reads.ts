import { USER_MODEL } from '../../strapi';
import type { DatabaseEvents } from '../database-events';
import type { SeamParts } from '../parts';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { userServiceOf } from './user-service';

/** The parts of a user row that a login is bound to. A query may select other columns. */
interface UserRow {
  documentId: string;
  password: string | null;
}

/**
 * Notes the users as each request reads them, for the sessions of its logins to be bound to.
 *
 * The newest revocation is read before the user. A revocation that follows is therefore newer than
 * what the login knows, however long the login takes. A login by a password reads it with the failed
 * logins instead, right after the user, together with whether the user is blocked. An authenticated
 * request reads none, because its own session is checked instead.
 */
export function followUserReads(parts: SeamParts, events: DatabaseEvents): () => void {
  const { strapi, requestStates, binding, attempts } = parts;
  const passwordCheck = {
    name: SEAMS.checkPassword,
    owner: () => userServiceOf(strapi),
    method: 'validatePassword',
  } as const;
  wrapFunction(strapi, passwordCheck, (validate) => async (password, hash) => {
    const state = requestStates.current();
    const userId = state?.users.userWith(hash) ?? null;
    const compare = (): Promise<boolean> => validate(password, hash);
    const isValid = userId === null ? await compare() : await attempts.compare(userId, compare);
    if (state && isValid) state.users.typed = { password, hash };
    return isValid;
  });

  async function beforeRead(): Promise<void> {
    const state = requestStates.current();
    if (!state || state.session || state.authentication) return;
    await binding.learnRevocation();
  }

  /** Reads the first user of a login by a password; that may be the login's own. */
  async function beforeFindOne(): Promise<void> {
    if (!attempts.isAwaitingUser()) await beforeRead();
  }

  function afterRead(result: unknown): void {
    const state = requestStates.current();
    if (!state) return;
    for (const row of [result].flat()) {
      const id = idOf(row);
      if (id === null) continue;
      const { password, documentId } = row as Partial<UserRow>;
      if (typeof documentId === 'string') state.users.documentIdRead(id, documentId);
      if (typeof password === 'string' || password === null) state.users.passwordRead(id, password);
    }
  }

  async function afterFind(result: unknown): Promise<void> {
    afterRead(result);
    const rows = [result].flat().filter((row) => row !== null && row !== undefined);
    await attempts.usersRead(rows.map(idOf).filter((id) => id !== null));
  }

  return events.on(USER_MODEL, {
    beforeFindOne,
    beforeFindMany: beforeRead,
    afterFindOne: ({ result }) => afterFind(result),
    afterFindMany: ({ result }) => afterFind(result),
    afterCreate: ({ result }) => afterRead(result),
  });
}

function idOf(row: unknown): number | null {
  if (typeof row !== 'object' || row === null || !('id' in row)) return null;
  return typeof row.id === 'number' ? row.id : null;
}
