import {
  constants,
  createHmac,
  createPublicKey,
  timingSafeEqual,
  verify,
  type VerifyPublicKeyInput,
} from 'node:crypto';

/** The hash functions of the algorithms of signatures, by the digits in their names. */
const HASHES: Record<string, string> = { 256: 'sha256', 384: 'sha384', 512: 'sha512' };

/** How the keys of the asymmetric algorithms are used, by the letters in their names. */
const PADDINGS: Record<string, Omit<VerifyPublicKeyInput, 'key'>> = {
  RS: { padding: constants.RSA_PKCS1_PADDING },
  PS: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  ES: { dsaEncoding: 'ieee-p1363' },
};

/**
 * Returns the claims of a token that was signed with a secret, also after it has expired; `null` for
 * any other text.
 *
 * Strapi refuses an expired token without telling whose it was.
 *
 * @param secret A shared secret, or a private key in PEM for an asymmetric algorithm.
 */
export function signedClaims(token: string, secret: string): Record<string, unknown> | null {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (!secret || !signature || rest.length > 0) return null;
  const [, family = '', digits = ''] = /^(HS|RS|PS|ES)(\d+)$/.exec(algorithmOf(header)) ?? [];
  const hash = HASHES[digits];
  if (!hash) return null;
  const signed = { text: `${header}.${payload}`, signature: Buffer.from(signature, 'base64url') };
  const isSigned =
    family === 'HS' ? isHmac(signed, hash, secret) : isSignature(signed, hash, family, secret);
  return isSigned ? objectIn(payload) : null;
}

/** A text with its signature. */
interface Signed {
  text: string;
  signature: Buffer;
}

function isHmac({ text, signature }: Signed, hash: string, secret: string): boolean {
  const expected = createHmac(hash, secret).update(text).digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

function isSignature(
  { text, signature }: Signed,
  hash: string,
  family: string,
  secret: string,
): boolean {
  // Most apps have a shared secret, which is no key.
  if (!secret.includes('-----BEGIN')) return false;
  try {
    const key = createPublicKey(secret);
    return verify(hash, Buffer.from(text), { key, ...PADDINGS[family] }, signature);
  } catch {
    return false;
  }
}

function algorithmOf(header: string): string {
  return String(objectIn(header)?.alg);
}

function objectIn(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
