import { repeatEvery } from '../async/repeat-every';
import { databaseReason } from '../log';
import type { Services } from '../compose';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PERIOD_MS = 60_000;

/**
 * Recognizes every minute what happened to the database, and makes Strapi keep the tables.
 *
 * An import empties Strapi's list of tables to keep.
 *
 * @param keepTables Makes Strapi keep the tables.
 * @returns A function that stops it.
 */
export function followInstallation(
  strapi: Strapi,
  { installation, loginProtection }: Services,
  keepTables: () => Promise<void>,
): () => void {
  async function check(): Promise<void> {
    await keepTables();
    const change = await installation.check();
    if (change === 'imported') {
      await loginProtection.accounts.forgetEveryone();
      strapi.log.info(
        `${PLUGIN_NAME}: Strapi's data was replaced, as by an import; sessions of users who are not there any more stay ended, and all users log in from new places`,
      );
    }
    if (change === 'dropped')
      strapi.log.warn(
        `${PLUGIN_NAME}: the plugin's tables were dropped, so its sessions, its journal and its settings are gone; Strapi drops them where the plugin is not configured and the list persisted_tables of its core store is lost`,
      );
  }

  return repeatEvery(PERIOD_MS, check, (error) =>
    strapi.log.error(
      `${PLUGIN_NAME}: the database could not be looked after: ${databaseReason(error)}`,
    ),
  );
}
