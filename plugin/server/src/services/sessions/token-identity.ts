import { nowMs } from '../../clock';
import { MAX_CLOCK_SKEW_MS } from '../../stores/database/sql/timely-write';
import { signedClaims } from '../requests/signed-claims';
import { loadServerCore } from '../settings/load-core';

/** The session that a verified token names. */
export interface TokenIdentity {
  /**
   * `sid`: the plugin's claim (legacy mode). `rotation`: the id of Strapi's own session row
   * (refresh mode). `none`: issued before the plugin was installed; the id is derived from the
   * token.
   */
  kind: 'sid' | 'rotation' | 'none';
  id: string;
  userId: number;
  /** The token itself, where its session may be another version's. */
  token?: string;
  /** When the token expires, in Unix milliseconds. */
  expiresAtMs: number;
  /**
   * When a token without a session id was issued, in Unix milliseconds; its session is younger. It is
   * missing where the token does not say so, or names a time to come.
   */
  issuedAtMs?: number;
}

/** The used claims, of `jwt.verify` or of the token itself. */
interface Claims {
  id?: unknown;
  sid?: unknown;
  sessionId?: unknown;
  exp?: unknown;
  iat?: unknown;
}

const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** Reads the session that a verified token names; `null` if it is no user's token. */
export function identityOf(token: string, payload: unknown): TokenIdentity | null {
  const claims = asClaims(payload);
  const userId = Number(claims.id ?? Number.NaN);
  if (!Number.isSafeInteger(userId)) return null;
  const expiresAtMs = Math.min(instantOf(claims.exp) ?? NEVER_MS, NEVER_MS);
  if (typeof claims.sid === 'string') return { kind: 'sid', id: claims.sid, userId, expiresAtMs };
  // Before Strapi 5.50 `verify` does not return the session id; the verified token contains it.
  const rotation = claims.sessionId ?? claimsIn(token).sessionId;
  if (typeof rotation === 'string')
    return { kind: 'rotation', id: rotation, userId, token, expiresAtMs };
  const signingInput = token.slice(0, token.lastIndexOf('.'));
  const id = loadServerCore().sessionIdFor(signingInput);
  const issuedAtMs = instantOf(claims.iat);
  // A time that has not come yet says nothing of the time before which sessions are terminated.
  const isKnown = issuedAtMs !== null && issuedAtMs <= nowMs() + MAX_CLOCK_SKEW_MS;
  return { kind: 'none', id, userId, token, expiresAtMs, ...(isKnown && { issuedAtMs }) };
}

/** Reads a time of a token in whole Unix milliseconds; `null` if it is none. */
function instantOf(seconds: unknown): number | null {
  return typeof seconds === 'number' && seconds >= 0 ? Math.trunc(seconds * 1000) : null;
}

/** The exact format of Strapi's session ids; some databases would match other spellings. */
const ROTATION_ID = /^[\da-f]{32}$/;

/** Reads the id of Strapi's row that a refresh token claims; the caller verifies the token. */
export function claimedRotation(token: string): string | null {
  const { sessionId } = claimsIn(token);
  return typeof sessionId === 'string' && ROTATION_ID.test(sessionId) ? sessionId : null;
}

/** A token of users-permissions that a request carries, expired or not. */
export interface CarriedToken {
  /** The claim that names its session. */
  id: string;
  userId: number;
}

/** Reads a token that was signed with the secret of users-permissions; `null` for other texts. */
export function carriedToken(text: string, secret: string): CarriedToken | null {
  const claims = signedClaims(text, secret);
  const id = claims?.sid ?? claims?.sessionId;
  const userId = Number(claims?.id ?? claims?.userId ?? Number.NaN);
  if (typeof id !== 'string' || !ROTATION_ID.test(id)) return null;
  return Number.isSafeInteger(userId) ? { id, userId } : null;
}

function claimsIn(token: string): Claims {
  try {
    return asClaims(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
  } catch {
    return {};
  }
}

function asClaims(value: unknown): Claims {
  return typeof value === 'object' && value !== null ? value : {};
}
