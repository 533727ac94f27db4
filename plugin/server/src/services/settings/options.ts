import { PLUGIN_NAME, type Strapi } from '../../strapi';

/** The options of config/plugins before validation by the core. */
export type RawOptions = Record<string, unknown>;

/** The environment variables of the keys; config/plugins takes precedence. */
export const KEY_VARIABLES: Readonly<Record<string, string>> = {
  encryptionKey: 'SESSION_ENCRYPTION_KEY',
  encryptionKeyPrevious: 'SESSION_ENCRYPTION_KEY_PREVIOUS',
};

/** Options under an earlier name, with their current one. */
const EARLIER_NAMES: Readonly<Record<string, string>> = {
  endOnRoleChange: 'terminateOnRoleChange',
};

/** Replaces earlier names of options by the current ones; a value under the current name wins. */
export function withCurrentNames<Value>(
  options: Readonly<Record<string, Value>>,
): Record<string, Value> {
  const named = { ...options };
  for (const [earlier, current] of Object.entries(EARLIER_NAMES)) {
    const value = named[earlier];
    if (value !== undefined) named[current] ??= value;
    Reflect.deleteProperty(named, earlier);
  }
  return named;
}

/**
 * Returns the options of the core, with keys from the environment where config/plugins sets none.
 *
 * It leaves out `redis` and `cleanupCron`, because only the server reads them.
 */
export function coreOptions({ redis, cleanupCron, ...options }: RawOptions): RawOptions {
  const all: RawOptions = withCurrentNames(options);
  for (const [option, variable] of Object.entries(KEY_VARIABLES)) {
    all[option] ??= process.env[variable];
  }
  return all;
}

/** Returns the options of config/plugins, without the environment's keys. */
export function configuredOptions(strapi: Strapi): RawOptions {
  return strapi.config.get<RawOptions>(`plugin::${PLUGIN_NAME}`);
}
