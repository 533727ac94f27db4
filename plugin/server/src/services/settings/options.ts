import { PLUGIN_NAME, type Strapi } from '../../strapi';
import { withoutVersion4 } from './version-4-options';

/** The options of config/plugins before validation by the core. */
export type RawOptions = Record<string, unknown>;

const ENVIRONMENT_KEY = 'SESSION_ENCRYPTION_KEY';

/** The environment variables of the keys; config/plugins takes precedence. */
export const KEY_VARIABLES: Readonly<Record<string, string>> = {
  encryptionKey: ENVIRONMENT_KEY,
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

/** Returns the value of an option; an empty text, as of an empty environment variable, is none. */
export function given(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

/** Tells whether the core accepts the value of an option. */
export type IsAccepted = (option: string, value: unknown) => boolean;

/**
 * Returns the options of the core, with keys from the environment where config/plugins sets none.
 *
 * It leaves out `redis`, `cleanupCron`, `principalCache` and `geo`, because only the server reads them, the
 * options of version 4, and a {@link keyOfVersion4}.
 */
export function coreOptions(
  { redis, cleanupCron, principalCache, geo, ...options }: RawOptions,
  isAccepted: IsAccepted,
): RawOptions {
  const { options: current } = withoutVersion4(options, isAccepted);
  const all: RawOptions = withCurrentNames(current);
  for (const [option, variable] of Object.entries(KEY_VARIABLES)) {
    all[option] = given(all[option]) ?? given(process.env[variable]);
  }
  if (keyOfVersion4(options, isAccepted) !== null) delete all.encryptionKey;
  return all;
}

/** Returns the options that both versions have and whose values only version 4 accepts. */
export function refusedOptionsOf(options: RawOptions, isAccepted: IsAccepted): string[] {
  return withoutVersion4(options, isAccepted).refused;
}

/**
 * Returns the text in the environment's variable of the key if it is no key of this version; `null`
 * otherwise. Version 4 took any text.
 */
export function keyOfVersion4(
  { encryptionKey }: RawOptions,
  isAccepted: IsAccepted,
): string | null {
  const text = process.env[ENVIRONMENT_KEY] ?? '';
  if ((given(encryptionKey) ?? null) !== null || given(text) === undefined) return null;
  return isAccepted('encryptionKey', text) ? null : text;
}

/** Returns the options of config/plugins, without the environment's keys. */
export function configuredOptions(strapi: Strapi): RawOptions {
  return strapi.config.get<RawOptions>(`plugin::${PLUGIN_NAME}`);
}
