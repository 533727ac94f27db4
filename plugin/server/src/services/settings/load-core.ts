import { webcrypto } from 'node:crypto';
import type { KeyView } from '../../../../shared/contracts';
import { loadCore, type KeySource } from '../../../../shared/core';
import { PLUGIN_NAME, type Strapi } from '../../strapi';

/** The options as config/plugins gives them; the core says which there are and what they take. */
export type RawOptions = Record<string, unknown>;

/** The variables of the environment that hold the keys where config/plugins names none. */
export const KEY_VARIABLES: Readonly<Record<string, string>> = {
  encryptionKey: 'SESSION_ENCRYPTION_KEY',
  encryptionKeyPrevious: 'SESSION_ENCRYPTION_KEY_PREVIOUS',
};

/**
 * Gives the options that the core knows, with the keys from the environment where config/plugins
 * names none. Redis and the time of the clean-up are the server's own affair.
 */
export function coreOptions({ redis, cleanupCron, ...options }: RawOptions): RawOptions {
  const all: RawOptions = { ...options };
  for (const [option, variable] of Object.entries(KEY_VARIABLES)) {
    all[option] ??= process.env[variable];
  }
  return all;
}

/** Loads the core, with the random source it needs: Node 18 has no `globalThis.crypto` in modules. */
export function loadServerCore(): ReturnType<typeof loadCore> {
  if (!('crypto' in globalThis)) {
    Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
  }
  return loadCore();
}

/** Gives the options of config/plugins as they stand there, without the environment's keys. */
export function configuredOptions(strapi: Strapi): RawOptions {
  return strapi.config.get<RawOptions>(`plugin::${PLUGIN_NAME}`);
}

/** The key that seals stored tokens, and where it was found. */
export interface FoundKey {
  key: KeySource;
  source: KeyView['source'];
}

/**
 * Finds the key of this app.
 *
 * Without a configured one, it is derived from the app's own keys, and a warning says so.
 */
export function findKey(strapi: Strapi): FoundKey {
  const options = configuredOptions(strapi);
  const { encryptionKey, encryptionKeyPrevious } = coreOptions(options);
  // The validator has found it right.
  const previous = encryptionKeyPrevious as KeySource['previous'];
  const secret = secretOf(strapi);
  if (typeof encryptionKey === 'string') {
    const fromConfig = (options.encryptionKey ?? null) !== null;
    return {
      // What was sealed before there was a key of our own opens still.
      key: { kind: 'configured', key: encryptionKey, previous, previousSecret: secret },
      source: fromConfig ? 'config' : 'environment',
    };
  }
  strapi.log.warn(
    `${PLUGIN_NAME}: no encryption key is configured; stored tokens are sealed under a key derived from the app's own keys. Set ${KEY_VARIABLES.encryptionKey} (make one with: openssl rand -base64 32).`,
  );
  return { key: { kind: 'derived', secret, previous }, source: 'derived' };
}

function secretOf(strapi: Strapi): string {
  const secrets: unknown[] = [
    strapi.config.get('server.app.keys'),
    strapi.config.get('admin.auth.secret'),
    strapi.config.get('plugin::users-permissions.jwtSecret'),
  ];
  return JSON.stringify(secrets.find((secret) => secret !== undefined) ?? '');
}
