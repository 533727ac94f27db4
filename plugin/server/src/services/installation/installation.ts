import type { InstallationStore } from '../../stores/database/values/installation-store';

/**
 * What happened to the database since the last look: nothing; the plugin was installed; Strapi's data
 * was replaced, as by an import; or the plugin's tables were dropped.
 */
export type InstallationChange = 'none' | 'installed' | 'imported' | 'dropped';

/** Recognizes what happened to the database. */
export interface Installation {
  /** Returns what happened since the last look. */
  check(): Promise<InstallationChange>;
}

/** Creates the installation. */
export function createInstallation(store: InstallationStore, newId: () => string): Installation {
  return {
    async check() {
      const { own, core } = await store.read();
      if (own !== null && own === core) return 'none';
      await store.write(own ?? newId());
      if (own !== null) return 'imported';
      return core === null ? 'installed' : 'dropped';
    },
  };
}
