import type { TerminationReason } from '../../../../shared/contracts';
import { actorOf } from '../../services/requests/actor';
import { userIdOf } from '../../services/requests/user-id';
import type { Account } from '../../services/users/accounts';
import type { DatabaseEvent, DatabaseEvents } from '../database-events';
import type { SeamParts } from '../parts';
import { currentRequest, USER_MODEL } from '../../strapi';
import { wrapOnce } from '../wrap-once';
import { userServiceOf } from './user-service';

/** What a write to the users remembers from before it. */
interface Remembered {
  before: Account[];
  /** Whether the new hash is that of the password which was typed in the same request. */
  isSamePassword: boolean;
  /** The session whose request gives its own user another password; `null` for any other write. */
  askingSession: string | null;
}

/**
 * Terminates the sessions of users who are blocked, deleted or get another password, and records
 * blocks.
 *
 * A user who sets the own password keeps the session that asked, except by the routes of
 * users-permissions that answer with a new token. With `terminateOnRoleChange` it also terminates them
 * on another role. It covers every write through Strapi's query engine, also without an HTTP request.
 */
export function followUserChanges(parts: SeamParts, events: DatabaseEvents): () => void {
  const { strapi, accounts, sessions, settings, requestStates, binding } = parts;
  const { accountAttempts } = parts;
  const { publish, afterCommit, watchCommit } = parts;
  const users = userServiceOf(strapi);
  // Strapi's own removal deletes the refresh tokens first, which would look like a logout.
  wrapOnce(users, 'remove', (remove) => async (condition) => {
    const userId = userIdOf(condition.id);
    if (userId !== null) await sessions.terminateDeleted([userId]);
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

  /** An app may hash a password again at a login, with another cost for instance. */
  async function isTypedPassword(data: unknown, before: readonly Account[]): Promise<boolean> {
    const typed = requestStates.current()?.users.typed;
    const { password: hash } = data as { password?: unknown };
    if (!typed || typeof hash !== 'string') return false;
    // The password of one user says nothing of another's.
    if (before.some(({ password }) => password !== typed.hash)) return false;
    return await users.validatePassword(typed.password, hash);
  }

  /** Returns the session of a request that sets the password of its own user. */
  function askingSession(data: unknown, before: readonly Account[]): string | null {
    const state = requestStates.current();
    if (!state?.session || state.loginsUnderWay > 0 || !('password' in Object(data))) return null;
    const { sessionId, userId } = state.session;
    return before.some(({ id }) => id === userId) ? sessionId : null;
  }

  /** A session that is written meanwhile would be bound to the earlier hash. */
  async function awaitLogins(): Promise<void> {
    // A login of this transaction is written after it, and is bound to the hash of then.
    if (strapi.db.inTransaction()) return;
    await Promise.allSettled(requestStates.current()?.commits ?? []);
  }

  async function remember({ params, state }: DatabaseEvent<Remembered>): Promise<void> {
    if (!mayTerminate(params.data)) return;
    state.before = await accounts.findWhere(params.where);
    state.isSamePassword = await isTypedPassword(params.data, state.before);
    state.askingSession = state.isSamePassword ? null : askingSession(params.data, state.before);
    if (state.askingSession !== null) await binding.loosenSession(state.askingSession);
    if (!state.isSamePassword) return;
    await awaitLogins();
    for (const { id, password } of state.before) await binding.loosen(id, password);
  }

  async function publishBlock(now: Account, previous: Account): Promise<void> {
    if (Boolean(now.blocked) === Boolean(previous.blocked)) return;
    const name = now.blocked ? 'user.blocked' : 'user.unblocked';
    // A visitor who makes code of the app block a user is not that user.
    const by = actorOf(currentRequest(strapi));
    await afterCommit(() => publish(name, { user: { id: now.id } }, by));
  }

  /** Strapi ignores a failed COMMIT, and would confirm a change that was not made. */
  async function holdResponse(): Promise<void> {
    const changes = requestStates.current()?.changes;
    if (!changes) return;
    await watchCommit((commit) => {
      changes.push(commit);
      commit.catch(() => undefined);
    });
  }

  async function compare({ params, state }: DatabaseEvent<Remembered>): Promise<void> {
    const { before = [], isSamePassword = false, askingSession = null } = state;
    if (before.length === 0) return;
    const facts = { isSamePassword, isBlocking: blocks(params.data) };
    const earlier = new Map(before.map((account) => [account.id, account]));
    for (const now of await accounts.findByIds([...earlier.keys()])) {
      const previous = earlier.get(now.id);
      // Before the terminations, which may fail.
      if (previous) await publishBlock(now, previous);
      if (previous && isSamePassword)
        await binding.tighten(now.id, previous.password, now.password);
      else if (now.password !== previous?.password)
        requestStates.current()?.users.passwordChanged(now.id, now.password);
      const reason = terminationReasonOf(now, previous, facts);
      if (reason === 'password_changed') await accountAttempts.renew(now.id);
      if (!reason) continue;
      await holdResponse();
      const isAsking = requestStates.current()?.session?.userId === now.id;
      const keepId = reason === 'password_changed' && isAsking ? askingSession : null;
      if (keepId !== null) await binding.tightenSession(keepId, now.password);
      await sessions.terminateAll(now.id, reason, keepId ?? undefined);
    }
  }

  async function rememberAll({ params, state }: DatabaseEvent<Remembered>): Promise<void> {
    state.before = await accounts.findWhere(params.where);
  }

  async function terminateDeleted({ state }: DatabaseEvent<Remembered>): Promise<void> {
    const { before = [] } = state;
    if (before.length === 0) return;
    // A condition may match more users than the write deletes.
    const left = new Set(
      (await accounts.findByIds(before.map(({ id }) => id))).map(({ id }) => id),
    );
    await holdResponse();
    const deleted = before.map(({ id }) => id).filter((id) => !left.has(id));
    await sessions.terminateDeleted(deleted);
    for (const id of deleted) await accountAttempts.forget(id);
  }

  return events.on(USER_MODEL, {
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

/** Tells whether a write blocks users. */
function blocks(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'blocked' in data && data.blocked === true;
}

/**
 * Returns why a write terminates the sessions of a user, `null` if it does not.
 *
 * A block counts each time, because the process may have been killed between an earlier one and the
 * termination.
 */
function terminationReasonOf(
  now: Account,
  before: Account | undefined,
  { isSamePassword, isBlocking }: { isSamePassword: boolean; isBlocking: boolean },
): TerminationReason | null {
  if (now.blocked && (isBlocking || !before?.blocked)) return 'user_blocked';
  if (now.password !== before?.password && !isSamePassword) return 'password_changed';
  // The role was not read both times if the option changed in between.
  if (now.role === undefined || before?.role === undefined) return null;
  return now.role?.id === before.role?.id ? null : 'role_changed';
}
