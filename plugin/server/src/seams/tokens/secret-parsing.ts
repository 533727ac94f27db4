import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtSecretOf, pluginFolderOf, type Strapi } from '../../strapi';
import { loaderIn, loaderOfCore } from '../packages';
import { wrapOnce } from '../wrap-once';

/** The used part of the package jsonwebtoken. */
interface JsonWebToken {
  sign: UseSecret;
  verify: UseSecret;
}
type UseSecret = (token: unknown, secret: unknown, ...others: unknown[]) => unknown;

/** How a text begins that OpenSSL can read as a key. */
const PEM = '-----BEGIN';

/** The secrets of the Strapis in this process, which share the package. */
const secrets = new Set<() => string>();

let known: { text: string; key: KeyObject } | null = null;

/**
 * Skips the parsing of the users' secret as a key in PEM.
 *
 * For each token, jsonwebtoken first tries to read a secret as a public or private key, and takes it
 * for a shared secret once that has failed. On Node 18 and 20 the failure takes longer than the
 * plugin's own work and Strapi's queries. A shared secret that is a key object already is taken as
 * it is, with the same outcome. Other secrets stay as they are.
 *
 * @returns A function that ends it for this Strapi.
 */
export function skipSecretParsing(strapi: Strapi): () => void {
  const secret = (): string => jwtSecretOf(strapi);
  secrets.add(secret);
  for (const jsonwebtoken of jsonwebtokensOf(strapi)) {
    wrapIfPossible(jsonwebtoken, 'sign');
    wrapIfPossible(jsonwebtoken, 'verify');
  }
  return () => void secrets.delete(secret);
}

/** A test of the app may have replaced the package by a frozen one; Strapi works as it is, too. */
function wrapIfPossible(jsonwebtoken: JsonWebToken, method: keyof JsonWebToken): void {
  try {
    wrapOnce(jsonwebtoken, method, (use) => (token, secret, ...others) => {
      return use(token, parsed(secret), ...others);
    });
  } catch {
    // Nothing is skipped then.
  }
}

function parsed(secret: unknown): unknown {
  if (typeof secret !== 'string' || secret === '' || secret.includes(PEM)) return secret;
  if (![...secrets].some((ofStrapi) => ofStrapi() === secret)) return secret;
  if (known?.text !== secret) known = { text: secret, key: createSecretKey(secret, 'utf8') };
  return known.key;
}

/** Returns the package as users-permissions and Strapi's session manager load it. */
function jsonwebtokensOf(strapi: Strapi): Set<JsonWebToken> {
  const loaders = [loaderIn(pluginFolderOf(strapi, 'users-permissions')), loaderOfCore(strapi)];
  // The package has no types of its own.
  const found = loaders.map((load) => load('jsonwebtoken') as JsonWebToken | undefined);
  return new Set(found.filter((jsonwebtoken) => jsonwebtoken !== undefined));
}
