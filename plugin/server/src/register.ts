import contentTypes from './content-types';
import { servicesOf } from './compose';
import { wrapLogin } from './seams/tokens/auth-callback';
import { STRAPI_SESSION_MODEL, PLUGIN_NAME, type Strapi } from './strapi';

/** The part of the GraphQL plugin that says what its schema leaves out. */
interface GraphqlExtension {
  shadowCRUD(uid: string): { disable(): void };
}

/** Does what has to be done before Strapi makes its tables, routes and schemas. */
export default function register({ strapi }: { strapi: Strapi }): void {
  wrapLogin(strapi, () => {
    const { limits, requests } = servicesOf(strapi);
    const { loginBackOff: backOff, warnOfProxy } = limits;
    return { backOff, warnOfProxy, requestStates: requests.states };
  });
  hideFromGraphql(strapi);
  indexStrapiSessions(strapi);
}

/**
 * Keeps the plugin's tables out of GraphQL, which would offer every content type of the app to
 * whoever holds an API token, to read and to write.
 */
function hideFromGraphql(strapi: Strapi): void {
  // Strapi's types promise every plugin that is asked for.
  const graphql = strapi.plugin('graphql') as ReturnType<Strapi['plugin']> | undefined;
  if (!graphql) return;
  const extension = graphql.service<GraphqlExtension>('extension');
  for (const name of Object.keys(contentTypes)) {
    extension.shadowCRUD(`plugin::${PLUGIN_NAME}.${name}`).disable();
  }
}

/** The part of a content type that says which indexes its table has; Strapi does not type it. */
interface Indexed {
  indexes?: { name: string; columns: string[] }[];
}

/**
 * Gives Strapi's own table of sessions an index by session id, where there is such a table: without
 * one, Strapi reads the whole table at each refresh, and the clean-up for each batch.
 */
function indexStrapiSessions(strapi: Strapi): void {
  const type = strapi.contentTypes[STRAPI_SESSION_MODEL] as Indexed | undefined;
  if (!type) return;
  const index = { name: 'magic_strapi_sessions_ix', columns: ['session_id'] };
  type.indexes = [...(type.indexes ?? []), index];
}
