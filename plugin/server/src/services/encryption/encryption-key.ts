import type { KeySource } from '../../../../shared/core';
import { PLUGIN_NAME, type Strapi } from '../../strapi';
import type { ResolvedKey } from '../settings/live-settings';
import { configuredOptions, coreOptions, KEY_VARIABLES } from '../settings/options';

/** Makes a key; works on every system that runs Strapi. */
const MAKE_A_KEY = `node -p "crypto.randomBytes(32).toString('base64')"`;

/**
 * Finds the encryption key of this app.
 *
 * Without a configured key, it is derived from the app's own keys, and a warning says so.
 */
export function findEncryptionKey(strapi: Strapi): ResolvedKey {
  const options = configuredOptions(strapi);
  const { encryptionKey, encryptionKeyPrevious } = coreOptions(options);
  // The validator has found it right.
  const previous = encryptionKeyPrevious as KeySource['previous'];
  const secret = appSecretOf(strapi);
  if (typeof encryptionKey === 'string') {
    const fromConfig = (options.encryptionKey ?? null) !== null;
    return {
      // Tokens that were sealed before a key was configured still open.
      key: { kind: 'configured', key: encryptionKey, previous, previousSecret: secret },
      source: fromConfig ? 'config' : 'environment',
    };
  }
  strapi.log.warn(
    `${PLUGIN_NAME}: no encryption key is configured; stored tokens are sealed under a key derived from the app's own keys. Set ${KEY_VARIABLES.encryptionKey} (make one with: ${MAKE_A_KEY}).`,
  );
  return { key: { kind: 'derived', secret, previous }, source: 'derived' };
}

/** Warns that the current key has sealed half as many tokens as one key may. */
export function warnOfSealCount(strapi: Strapi, total: number): void {
  strapi.log.warn(
    `${PLUGIN_NAME}: ${total} tokens are sealed under the current encryption key, half of the number that one key may seal (NIST SP 800-38D). Move it to ${KEY_VARIABLES.encryptionKeyPrevious} and set a new ${KEY_VARIABLES.encryptionKey} (make one with: ${MAKE_A_KEY}).`,
  );
}

function appSecretOf(strapi: Strapi): string {
  const secrets: unknown[] = [
    strapi.config.get('server.app.keys'),
    strapi.config.get('admin.auth.secret'),
    strapi.config.get('plugin::users-permissions.jwtSecret'),
  ];
  return JSON.stringify(secrets.find((secret) => secret !== undefined) ?? '');
}
