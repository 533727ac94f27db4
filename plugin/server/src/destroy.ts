import { lifetimeOf } from './compose/lifetimes';
import { databaseReason } from './log';
import { PLUGIN_NAME, type Strapi } from './strapi';

/** Stops the resources that `register` and `bootstrap` started, in reverse order. */
export default async function destroy({ strapi }: { strapi: Strapi }): Promise<void> {
  for (const { name, error } of await lifetimeOf(strapi).end()) {
    strapi.log.error(`${PLUGIN_NAME}: ${name} could not be stopped: ${databaseReason(error)}`);
  }
}
