import { servicesOf } from './compose';
import { followGraphqlOperations } from './seams/graphql/visitors-operations';
import { rememberEngine } from './seams/permissions/ability-engine';
import { wrapLogin } from './seams/tokens/auth-callback';
import { keepTablesFromSync } from './start/keep-tables';
import { addModels } from './start/models';
import { proveBeforeServing } from './start/prove-before-serving';
import { STRAPI_SESSION_MODEL, type Strapi } from './strapi';

/** Prepares Strapi before it creates its tables, routes and schemas. */
export default function register({ strapi }: { strapi: Strapi }): void {
  proveBeforeServing(strapi);
  rememberEngine(strapi);
  wrapLogin(strapi, () => {
    const { limits, loginProtection, requests } = servicesOf(strapi);
    return {
      attempts: loginProtection.attempts,
      warnOfProxy: limits.warnOfProxy,
      requestStates: requests.states,
    };
  });
  addModels(strapi);
  keepTablesFromSync(strapi);
  followGraphql(strapi);
  indexStrapiSessions(strapi);
}

function followGraphql(strapi: Strapi): void {
  // Strapi's type does not allow for a plugin that is not installed.
  const graphql = strapi.plugin('graphql') as ReturnType<Strapi['plugin']> | undefined;
  if (graphql) followGraphqlOperations(strapi, () => servicesOf(strapi).requests.states);
}

/** The indexes of a content type; Strapi does not type them. */
interface Indexed {
  indexes?: { name: string; columns: string[] }[];
}

/**
 * Adds indexes by session id and by child to Strapi's own session table, if there is one.
 *
 * Without them, Strapi reads the whole table at each refresh, and so do the clean-up at each batch
 * and the adoption of a token.
 */
function indexStrapiSessions(strapi: Strapi): void {
  const type = strapi.contentTypes[STRAPI_SESSION_MODEL] as Indexed | undefined;
  if (!type) return;
  const bySession = { name: 'magic_strapi_sessions_ix', columns: ['session_id'] };
  const byChild = { name: 'magic_strapi_sessions_child_ix', columns: ['child_id'] };
  type.indexes = [...(type.indexes ?? []), bySession, byChild];
}
