import { createHmac, timingSafeEqual } from 'node:crypto';

/** The hash functions of the algorithms with a shared secret. */
const HASHES: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/**
 * Returns the claims of a token that was signed with a shared secret, also after it has expired;
 * `null` for any other text.
 *
 * Strapi refuses an expired token without telling whose it was.
 */
export function signedClaims(token: string, secret: string): Record<string, unknown> | null {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (!secret || !signature || rest.length > 0) return null;
  const hash = HASHES[String(objectIn(header)?.alg)];
  if (!hash) return null;
  const expected = createHmac(hash, secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
  return isSigned ? objectIn(payload) : null;
}

function objectIn(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
