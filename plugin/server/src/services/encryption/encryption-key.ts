import type { KeySource } from '../../../../shared/core';
import { PLUGIN_NAME, type Strapi } from '../../strapi';
import { isAcceptedOption } from '../settings/accepted-option';
import type { ResolvedKey } from '../settings/live-settings';
import {
  configuredOptions,
  coreOptions,
  given,
  KEY_VARIABLES,
  keyOfVersion4,
} from '../settings/options';

/** A command that generates a key; it needs nothing but Node. */
const GENERATE_KEY = `node -p "crypto.randomBytes(32).toString('base64')"`;

/**
 * Returns the encryption key of this app.
 *
 * Without a configured key, it derives one from the app's own keys and logs a warning.
 */
export function findEncryptionKey(strapi: Strapi): ResolvedKey {
  const options = configuredOptions(strapi);
  const { encryptionKey, encryptionKeyPrevious } = coreOptions(options, isAcceptedOption);
  // The configuration was validated when Strapi loaded it.
  const previous = encryptionKeyPrevious as KeySource['previous'];
  const secret = appSecretOf(strapi);
  if (typeof encryptionKey === 'string') {
    const fromConfig = (given(options.encryptionKey) ?? null) !== null;
    return {
      // The derived key still opens tokens that were sealed before a key was configured.
      key: { kind: 'configured', key: encryptionKey, previous, previousSecret: secret },
      source: fromConfig ? 'config' : 'environment',
    };
  }
  const text = keyOfVersion4(options, isAcceptedOption);
  if (text !== null) {
    strapi.log.warn(
      `${PLUGIN_NAME}: ${KEY_VARIABLES.encryptionKey} is no key of 32 bytes, as version 4 of the plugin allowed; stored tokens are sealed under a key derived from its text and the app's own keys. Set a new one (make one with: ${GENERATE_KEY}).`,
    );
    return {
      key: { kind: 'derived', secret: JSON.stringify([text, secret]), previous },
      source: 'derived',
    };
  }
  strapi.log.warn(
    `${PLUGIN_NAME}: no encryption key is configured; stored tokens are sealed under a key derived from the app's own keys. Set ${KEY_VARIABLES.encryptionKey} (make one with: ${GENERATE_KEY}).`,
  );
  return { key: { kind: 'derived', secret, previous }, source: 'derived' };
}

/** The part of a warning that tells how far the key is used up. */
const WEAR = {
  worn: 'half of the number that one key may seal (NIST SP 800-38D)',
  exhausted:
    'as many as one key may seal (NIST SP 800-38D). Logins go on, but no more refresh tokens are stored',
};

/** Warns that the current key has sealed half as many tokens as one key may, or as many. */
export function warnOfSealCount(strapi: Strapi, wear: keyof typeof WEAR, total: number): void {
  strapi.log.warn(
    `${PLUGIN_NAME}: ${total} tokens are sealed under the current encryption key, ${WEAR[wear]}. Move it to ${KEY_VARIABLES.encryptionKeyPrevious} and set a new ${KEY_VARIABLES.encryptionKey} (make one with: ${GENERATE_KEY}).`,
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
