import { isDeepStrictEqual } from 'node:util';
import type { Authentication } from '../../services/requests/authentication';
import type { CurrentAnswer } from '../../services/principals/principal-reads';
import { CORE_STORE_MODEL, ROLE_MODEL, USER_MODEL, type Strapi } from '../../strapi';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';
import { detachedOnUpdate } from './shared-ability';

/** The used part of a repository of Strapi's query engine, of which there is one per model. */
interface Repository {
  findOne(params?: object, ...others: unknown[]): Promise<unknown>;
  load(entity: unknown, field: unknown, ...others: unknown[]): Promise<unknown>;
}

/** The statements of each read: Strapi reads a relation after the row that has it. */
const USER_STATEMENTS = 2;
const ROLE_STATEMENTS = 2;
const SETTINGS_STATEMENTS = 1;

/** How users-permissions asks for its settings. */
const SETTINGS = { key: 'plugin_users-permissions_advanced', environment: null, tag: null };

/**
 * Answers from memory what Strapi reads while it authenticates a request.
 *
 * Only these very reads are answered so; another read, as an app's own code may make it, goes to the
 * database. In refresh mode Strapi reads the user twice; without a cache, too, the second read gets
 * the answer of the first.
 */
export function rememberPrincipals(parts: SeamParts): void {
  const { strapi, requestStates, principals } = parts;

  /** Returns the authentication under way, unless its reads may be those of a transaction. */
  function current(): Authentication | null {
    const authentication = requestStates.current()?.authentication ?? null;
    return authentication && !strapi.db.inTransaction() ? authentication : null;
  }

  async function readUser(
    authentication: Authentication,
    id: number,
    fromDatabase: () => Promise<unknown>,
  ): Promise<CurrentAnswer> {
    const before = authentication.users.get(id);
    authentication.users.delete(id);
    if (before && principals.isCurrent(before)) return before;
    return await principals.read({ name: `user:${id}`, statements: USER_STATEMENTS, fromDatabase });
  }

  const users = repositoryOf(strapi, USER_MODEL);
  wrapOnce(users, 'findOne', (find) => async (params, ...others) => {
    const authentication = current();
    const asked = authentication && others.length === 0 ? askedUser(params) : null;
    if (!authentication || !asked) return await find(params, ...others);
    const { id, withRole } = asked;
    const withItsRole = (): Promise<unknown> => find({ where: { id }, populate: ['role'] });
    const answer = await readUser(authentication, id, withItsRole);
    if (withRole) {
      authentication.userReadAtMs = answer.readAtMs;
      return answer.row;
    }
    // Strapi verifies a token by this read, and asks for the user with the role afterwards.
    if (!principals.isCached) authentication.users.set(id, answer);
    return withoutRole(answer.row);
  });

  if (!principals.isCached) return;

  wrapOnce(repositoryOf(strapi, ROLE_MODEL), 'load', (load) => async (entity, field, ...others) => {
    const fromDatabase = (): Promise<unknown> => load(entity, field, ...others);
    const id = field === 'permissions' && others.length === 0 ? idAlone(entity) : null;
    if (id === null || !current()) return await fromDatabase();
    const read = { name: `role:${id}`, statements: ROLE_STATEMENTS, fromDatabase } as const;
    return (await principals.read(read)).row;
  });

  wrapOnce(
    repositoryOf(strapi, CORE_STORE_MODEL),
    'findOne',
    (find) =>
      async (params, ...others) => {
        const fromDatabase = (): Promise<unknown> => find(params, ...others);
        const isAsked = others.length === 0 && isDeepStrictEqual(params, { where: SETTINGS });
        if (!isAsked || !current()) return await fromDatabase();
        const read = { name: 'settings', statements: SETTINGS_STATEMENTS, fromDatabase } as const;
        return (await principals.read(read)).row;
      },
  );

  const engine = engineOf(strapi);
  wrapOnce(engine, 'generateAbility', (generate) => async (permissions, ...others) => {
    const actions = others.length === 0 ? actionsAlone(permissions) : null;
    if (!actions || !current() || isHooked(engine)) return await generate(permissions, ...others);
    return detachedOnUpdate(await principals.ability(actions, () => generate(permissions)));
  });
}

function repositoryOf(strapi: Strapi, model: string): Repository {
  // Strapi types the rows by the content types, which an app may extend.
  return strapi.db.query(model);
}

/** Reads the parameters of a look-up by the id alone, of the user alone or with the role. */
function askedUser(params: object = {}): { id: number; withRole: boolean } | null {
  const { where, populate, ...others } = params as Record<string, unknown>;
  const id = idAlone(where);
  if (id === null || Object.keys(others).length > 0) return null;
  if (populate === undefined) return { id, withRole: false };
  return isDeepStrictEqual(populate, ['role']) ? { id, withRole: true } : null;
}

/** Returns the id of an object that has nothing else. */
function idAlone(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const isAlone = Object.keys(value).length === 1 && Number.isSafeInteger(value.id);
  return isAlone ? Number(value.id) : null;
}

function withoutRole(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const { role: _role, ...user } = row as { role?: unknown };
  return user;
}

/** Strapi's engine of permissions of the content API. */
interface PermissionEngine {
  generateAbility(permissions: unknown, ...others: unknown[]): Promise<object>;
  hooks?: Record<string, { getHandlers?: () => unknown[] } | undefined>;
}

function engineOf(strapi: Strapi): PermissionEngine {
  return strapi.contentAPI.permissions.engine as unknown as PermissionEngine;
}

/** The handler by which Strapi leaves out actions that do not exist. */
const OWN_HOOK = 'before-format::validate.permission';

/** Tells whether more than Strapi itself decides on permissions; what that is, is not known. */
function isHooked({ hooks }: PermissionEngine): boolean {
  if (!hooks) return true;
  return Object.entries(hooks).some(([name, hook]) => {
    const handlers = hook?.getHandlers?.().length;
    return handlers !== (name === OWN_HOOK ? 1 : 0);
  });
}

/** Returns the actions of permissions that consist of an action each; `null` for any others. */
function actionsAlone(permissions: unknown): string[] | null {
  if (!Array.isArray(permissions)) return null;
  const actions: string[] = [];
  for (const permission of permissions as unknown[]) {
    if (typeof permission !== 'object' || permission === null) return null;
    const { action, ...others } = permission as { action?: unknown };
    if (typeof action !== 'string' || Object.keys(others).length > 0) return null;
    actions.push(action);
  }
  return actions;
}
