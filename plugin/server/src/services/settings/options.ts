import { PLUGIN_NAME, type Strapi } from '../../strapi';

/** The options as config/plugins gives them; the core knows their names and what they take. */
export type RawOptions = Record<string, unknown>;

/** The environment variables that hold the keys where config/plugins names none. */
export const KEY_VARIABLES: Readonly<Record<string, string>> = {
  encryptionKey: 'SESSION_ENCRYPTION_KEY',
  encryptionKeyPrevious: 'SESSION_ENCRYPTION_KEY_PREVIOUS',
};

/**
 * Returns the options that the core knows, with the keys from the environment where config/plugins
 * names none. Redis and the time of the clean-up are read by the server alone.
 */
export function coreOptions({ redis, cleanupCron, ...options }: RawOptions): RawOptions {
  const all: RawOptions = { ...options };
  for (const [option, variable] of Object.entries(KEY_VARIABLES)) {
    all[option] ??= process.env[variable];
  }
  return all;
}

/** Returns the options of config/plugins as they stand there, without the environment's keys. */
export function configuredOptions(strapi: Strapi): RawOptions {
  return strapi.config.get<RawOptions>(`plugin::${PLUGIN_NAME}`);
}
