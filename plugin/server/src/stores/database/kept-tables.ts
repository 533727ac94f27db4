import type { Strapi } from '../../strapi';

/** The names of tables that Strapi's schema sync spares, as Strapi's core store lists them. */
export interface KeptTables {
  /** Adds names to the list; it writes nothing if all are there. */
  keep(names: readonly string[]): Promise<void>;
}

/** An entry of the list; Strapi's own features write both forms. */
type Entry = string | { name: string };

/** Where `@strapi/database` looks for the list. */
const LIST = { type: 'core', key: 'persisted_tables' };

/** Opens the list. */
export function createKeptTables(strapi: Strapi): KeptTables {
  return {
    async keep(names) {
      const stored: unknown = await strapi.store.get(LIST);
      const entries = Array.isArray(stored) ? (stored as Entry[]) : [];
      const known = new Set(
        entries.map((entry) => (typeof entry === 'string' ? entry : entry.name)),
      );
      const missing = names.filter((name) => !known.has(name));
      if (missing.length > 0) await strapi.store.set({ ...LIST, value: [...entries, ...missing] });
    },
  };
}
