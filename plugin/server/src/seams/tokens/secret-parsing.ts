import { createSecretKey, type KeyObject } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { jwtSecretOf, pluginFolderOf, type Strapi } from '../../strapi';
import { wrapOnce } from '../wrap-once';

/** The used part of the package jsonwebtoken. */
interface JsonWebToken {
  sign: UseSecret;
  verify: UseSecret;
}
type UseSecret = (token: unknown, secret: unknown, ...others: unknown[]) => unknown;

/** How a text begins that OpenSSL can read as a key. */
const PEM = '-----BEGIN';

/**
 * Skips the parsing of the users' secret as a key in PEM.
 *
 * For each token, jsonwebtoken first tries to read a secret as a public or private key, and takes it
 * for a shared secret once that has failed. On Node 18 and 20 the failure takes longer than the
 * plugin's own work and Strapi's queries. A shared secret that is a key object already is taken as
 * it is, with the same outcome. Other secrets stay as they are.
 */
export function skipSecretParsing(strapi: Strapi): void {
  let known: { text: string; key: KeyObject } | null = null;

  function parsed(secret: unknown): unknown {
    if (typeof secret !== 'string' || secret === '' || secret.includes(PEM)) return secret;
    if (secret !== jwtSecretOf(strapi)) return secret;
    if (known?.text !== secret) known = { text: secret, key: createSecretKey(secret, 'utf8') };
    return known.key;
  }

  const withParsed =
    (use: UseSecret): UseSecret =>
    (token, secret, ...others) =>
      use(token, parsed(secret), ...others);
  for (const jsonwebtoken of jsonwebtokensOf(strapi)) {
    wrapOnce(jsonwebtoken, 'sign', withParsed);
    wrapOnce(jsonwebtoken, 'verify', withParsed);
  }
}

/** Returns the package as users-permissions and Strapi's session manager load it. */
function jsonwebtokensOf(strapi: Strapi): Set<JsonWebToken> {
  const folders = [pluginFolderOf(strapi, 'users-permissions'), coreFolderOf(strapi.dirs.app.root)];
  return new Set(folders.map(jsonwebtokenFrom).filter((found) => found !== null));
}

function coreFolderOf(appFolder: string): string | undefined {
  try {
    const strapiPackage = requireFrom(appFolder).resolve('@strapi/strapi/package.json');
    return dirname(requireFrom(dirname(strapiPackage)).resolve('@strapi/core/package.json'));
  } catch {
    return undefined;
  }
}

function jsonwebtokenFrom(folder: string | undefined): JsonWebToken | null {
  try {
    return folder === undefined ? null : (requireFrom(folder)('jsonwebtoken') as JsonWebToken);
  } catch {
    return null;
  }
}

/** Package managers link packages, and put the packages that they need beside their real place. */
function requireFrom(folder: string): NodeJS.Require {
  return createRequire(join(realpathSync(folder), 'index.js'));
}
