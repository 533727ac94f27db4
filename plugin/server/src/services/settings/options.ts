import { PLUGIN_NAME, type Strapi } from '../../strapi';

/** The options of config/plugins before validation by the core. */
export type RawOptions = Record<string, unknown>;

/** The environment variables of the keys; config/plugins takes precedence. */
export const KEY_VARIABLES: Readonly<Record<string, string>> = {
  encryptionKey: 'SESSION_ENCRYPTION_KEY',
  encryptionKeyPrevious: 'SESSION_ENCRYPTION_KEY_PREVIOUS',
};

/**
 * Returns the options of the core, with keys from the environment where config/plugins sets none.
 *
 * It leaves out `redis` and `cleanupCron`, because only the server reads them.
 */
export function coreOptions({ redis, cleanupCron, ...options }: RawOptions): RawOptions {
  const all: RawOptions = { ...options };
  for (const [option, variable] of Object.entries(KEY_VARIABLES)) {
    all[option] ??= process.env[variable];
  }
  return all;
}

/** Returns the options of config/plugins, without the environment's keys. */
export function configuredOptions(strapi: Strapi): RawOptions {
  return strapi.config.get<RawOptions>(`plugin::${PLUGIN_NAME}`);
}
