import type { TerminationReason } from '../../../../shared/contracts';
import type { Account } from '../../services/users/accounts';
import type { SeamParts } from '../parts';
import { USER_MODEL } from '../../strapi';
import { wrapOnce } from '../wrap-once';

/** A write to the users, with the accounts before it. */
interface UserWrite {
  params: { where?: unknown; data?: unknown };
  state: { before?: Account[] };
}

/** The wrapped part of users-permissions' `user` service. */
interface UserService {
  remove(condition: { id?: unknown }): Promise<unknown>;
}

/**
 * Terminates the sessions of users who are blocked, deleted or get another password.
 *
 * With `terminateOnRoleChange` it also terminates them on another role. It follows Strapi's lifecycle
 * events, which cover every write through Strapi, also without an HTTP request.
 */
export function followUserChanges({ strapi, accounts, sessions, settings }: SeamParts): () => void {
  const users = strapi.plugin('users-permissions').service<UserService>('user');
  // Strapi's own removal deletes the refresh tokens first, which would look like a logout.
  wrapOnce(users, 'remove', (remove) => async (condition) => {
    const userId = Number(condition.id ?? Number.NaN);
    if (Number.isSafeInteger(userId)) await sessions.terminateAll(userId, 'user_deleted');
    return await remove(condition);
  });

  function mayTerminate(data: unknown): boolean {
    if (typeof data !== 'object' || data === null) return false;
    return (
      'password' in data ||
      'blocked' in data ||
      ('role' in data && settings().terminateOnRoleChange)
    );
  }

  async function remember({ params, state }: UserWrite): Promise<void> {
    if (mayTerminate(params.data)) state.before = await accounts.findWhere(params.where);
  }

  async function compare({ state: { before = [] } }: UserWrite): Promise<void> {
    if (before.length === 0) return;
    const earlier = new Map(before.map((account) => [account.id, account]));
    for (const account of await accounts.findByIds([...earlier.keys()])) {
      const reason = terminationReasonOf(account, earlier.get(account.id));
      if (reason) await sessions.terminateAll(account.id, reason);
    }
  }

  async function rememberAll({ params, state }: UserWrite): Promise<void> {
    state.before = await accounts.findWhere(params.where);
  }

  async function terminateDeleted({ state: { before = [] } }: UserWrite): Promise<void> {
    if (before.length === 0) return;
    // A condition may match more users than the write deletes.
    const left = await accounts.findByIds(before.map(({ id }) => id));
    const gone = before.filter(({ id }) => !left.some((account) => account.id === id));
    for (const { id } of gone) await sessions.terminateAll(id, 'user_deleted');
  }

  return strapi.db.lifecycles.subscribe({
    models: [USER_MODEL],
    beforeUpdate: remember,
    afterUpdate: compare,
    beforeUpdateMany: remember,
    afterUpdateMany: compare,
    beforeDelete: rememberAll,
    afterDelete: terminateDeleted,
    beforeDeleteMany: rememberAll,
    afterDeleteMany: terminateDeleted,
  });
}

function terminationReasonOf(now: Account, before: Account | undefined): TerminationReason | null {
  if (now.blocked && !before?.blocked) return 'user_blocked';
  if (now.password !== before?.password) return 'password_changed';
  // The role was not read both times if the option changed in between.
  if (now.role === undefined || before.role === undefined) return null;
  return now.role?.id === before.role?.id ? null : 'role_changed';
}
