import contentTypes from './content-types';
import { PLUGIN_NAME, type Strapi } from './strapi';

/** The part of the GraphQL plugin that says what its schema leaves out. */
interface GraphqlExtension {
  shadowCRUD(uid: string): { disable(): void };
}

/**
 * Keeps the plugin's tables out of GraphQL, which would offer every content type of the app to
 * whoever holds an API token, to read and to write.
 */
export default function register({ strapi }: { strapi: Strapi }): void {
  // Strapi's types promise every plugin that is asked for.
  const graphql = strapi.plugin('graphql') as ReturnType<Strapi['plugin']> | undefined;
  if (!graphql) return;
  const extension = graphql.service<GraphqlExtension>('extension');
  for (const name of Object.keys(contentTypes)) {
    extension.shadowCRUD(`plugin::${PLUGIN_NAME}.${name}`).disable();
  }
}
