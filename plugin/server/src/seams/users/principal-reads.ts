import type { AuthenticationUnderWay } from '../../services/requests/authentication';
import type { CurrentAnswer, PrincipalRead } from '../../services/principals/principal-reads';
import { CORE_STORE_MODEL, ROLE_MODEL, USER_MODEL, type Strapi } from '../../strapi';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';

/** The used part of a repository of Strapi's query engine, of which there is one per model. */
interface Repository {
  findOne(params?: object, ...others: unknown[]): Promise<unknown>;
  load(entity: unknown, field: unknown, ...others: unknown[]): Promise<unknown>;
}

/** The statements of each read: Strapi reads a relation after the row that has it. */
const USER_STATEMENTS = 2;
const ROLE_STATEMENTS = 2;
const SETTINGS_STATEMENTS = 1;

/** The key of users-permissions' settings in Strapi's store. */
export const SETTINGS_KEY = 'plugin_users-permissions_advanced';

/**
 * Answers from memory what Strapi reads while it authenticates a request.
 *
 * Only these very reads are answered so; another read, as an app's own code may make it, goes to the
 * database. In refresh mode Strapi reads the user twice; without a cache, too, the second read gets
 * the answer of the first.
 */
export function rememberPrincipals(parts: SeamParts): void {
  rememberUsers(parts);
  if (!parts.principals.isCached) return;
  rememberRoles(parts);
  rememberSettings(parts);
}

function rememberUsers(parts: SeamParts): void {
  const { strapi, principals } = parts;

  async function readUser(
    authentication: AuthenticationUnderWay,
    id: number,
    fromDatabase: () => Promise<unknown>,
  ): Promise<CurrentAnswer> {
    const before = authentication.users.get(id);
    authentication.users.delete(id);
    if (before && principals.isCurrent(before)) return before;
    return await principals.read({ name: `user:${id}`, statements: USER_STATEMENTS, fromDatabase });
  }

  wrapOnce(repositoryOf(strapi, USER_MODEL), 'findOne', (find) => async (params, ...others) => {
    const asked = others.length === 0 ? askedUser(params) : null;
    const authentication = asked && authenticationUnderWay(parts);
    if (!authentication) return await find(params, ...others);
    const { id, withRole } = asked;
    const withItsRole = (): Promise<unknown> => find({ where: { id }, populate: ['role'] });
    const answer = await readUser(authentication, id, withItsRole);
    if (withRole) {
      if (principals.isCached) noteRemembered(parts, authentication, answer);
      return answer.row;
    }
    // Strapi verifies a token by this read, and asks for the user with the role afterwards.
    if (!principals.isCached) authentication.users.set(id, answer);
    return withoutRole(answer.row);
  });
}

/** What an answer from memory says of the user is known to the request as if it had been read. */
function noteRemembered(
  { requestStates }: SeamParts,
  authentication: AuthenticationUnderWay,
  { row, readAtMs }: CurrentAnswer,
): void {
  authentication.userReadAtMs = readAtMs;
  const users = requestStates.current()?.users;
  const { id, password, documentId } = (row ?? {}) as Partial<RememberedUser>;
  if (!users || typeof id !== 'number') return;
  if (password !== undefined) users.passwordRemembered(id, password);
  if (documentId !== undefined) users.documentIdRead(id, documentId);
}

/** The parts of a user that logins are bound to. */
interface RememberedUser {
  id: number;
  documentId: string;
  password: string | null;
}

function rememberRoles(parts: SeamParts): void {
  const repository = repositoryOf(parts.strapi, ROLE_MODEL);
  wrapOnce(repository, 'load', (load) => async (entity, field, ...others) => {
    const fromDatabase = (): Promise<unknown> => load(entity, field, ...others);
    const id = field === 'permissions' && others.length === 0 ? idAlone(entity) : null;
    if (id === null) return await fromDatabase();
    return await readIn(parts, { name: `role:${id}`, statements: ROLE_STATEMENTS, fromDatabase });
  });
}

function rememberSettings(parts: SeamParts): void {
  const repository = repositoryOf(parts.strapi, CORE_STORE_MODEL);
  wrapOnce(repository, 'findOne', (find) => async (params, ...others) => {
    const fromDatabase = (): Promise<unknown> => find(params, ...others);
    if (others.length > 0 || !asksForSettings(params)) return await fromDatabase();
    return await readIn(parts, { name: 'settings', statements: SETTINGS_STATEMENTS, fromDatabase });
  });
}

/** Makes a read, from memory while Strapi authenticates a request. */
async function readIn(parts: SeamParts, read: PrincipalRead): Promise<unknown> {
  if (!authenticationUnderWay(parts)) return await read.fromDatabase();
  return (await parts.principals.read(read)).row;
}

/** Returns the authentication under way, unless its reads may be those of a transaction. */
function authenticationUnderWay({
  strapi,
  requestStates,
}: SeamParts): AuthenticationUnderWay | null {
  const authentication = requestStates.current()?.authentication ?? null;
  return authentication && !strapi.db.inTransaction() ? authentication : null;
}

function repositoryOf(strapi: Strapi, model: string): Repository {
  // Strapi types the rows by the content types, which an app may extend.
  return strapi.db.query(model);
}

/** Reads the parameters of a look-up by the id alone, of the user alone or with the role. */
function askedUser(params: object = {}): { id: number; withRole: boolean } | null {
  const { where, populate } = params as { where?: unknown; populate?: unknown };
  const id = idAlone(where);
  if (id === null) return null;
  const names = Object.keys(params).length;
  if (names === 1) return { id, withRole: false };
  return names === 2 && isRoleAlone(populate) ? { id, withRole: true } : null;
}

function isRoleAlone(populate: unknown): boolean {
  return Array.isArray(populate) && populate.length === 1 && populate[0] === 'role';
}

/** Tells whether these are the parameters by which users-permissions reads its settings. */
function asksForSettings(params: object = {}): boolean {
  const { where } = params as { where?: Record<string, unknown> };
  if (where?.key !== SETTINGS_KEY || Object.keys(params).length > 1) return false;
  const { environment, tag } = where;
  return environment === null && tag === null && Object.keys(where).length === 3;
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
