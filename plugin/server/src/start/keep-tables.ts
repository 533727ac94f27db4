import { MODELS } from '../models';
import { createKeptTables } from '../stores/database/kept-tables';
import { VERSION_4_TABLES } from '../stores/database/upgrade/version-4-sessions';
import type { Strapi } from '../strapi';

const TABLES = [...MODELS.map(({ tableName }) => tableName), ...VERSION_4_TABLES];

/** The used part of Strapi's hooks, which Strapi does not type. */
interface Hook {
  register(handler: () => Promise<void>): void;
}

/** Makes Strapi keep the plugin's tables where the plugin is not configured. */
export const keepTables = (strapi: Strapi): Promise<void> => createKeptTables(strapi).keep(TABLES);

/**
 * Makes Strapi keep the tables from its next schema sync on; call it in `register`.
 *
 * The sync runs before any `bootstrap`, and would drop the tables of version 4.
 */
export function keepTablesFromSync(strapi: Strapi): void {
  const hook = strapi.hook('strapi::content-types.beforeSync') as Hook;
  hook.register(async () => {
    const { tableName } = strapi.db.metadata.get('strapi::core-store');
    if (await strapi.db.getSchemaConnection().hasTable(tableName)) await keepTables(strapi);
  });
}
