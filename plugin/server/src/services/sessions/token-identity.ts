import { loadServerCore } from '../settings/load-core';

/** How a verified token names its session. */
export interface TokenIdentity {
  /**
   * `sid`: our claim (legacy mode). `rotation`: the id of Strapi's own session row (refresh mode).
   * `none`: issued before the plugin was installed; the id is derived from the token.
   */
  kind: 'sid' | 'rotation' | 'none';
  id: string;
  userId: number;
  /** When a token without a session id stops being valid by itself. */
  expiresAtMs: number;
  /** When a token without a session id was issued, which is before its session began to be kept. */
  issuedAtMs?: number;
}

/** The claims that matter here, as `jwt.verify` or the token itself gives them. */
interface Claims {
  id?: unknown;
  sid?: unknown;
  sessionId?: unknown;
  exp?: unknown;
  iat?: unknown;
}

const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** Reads how a verified token names its session; `null` if it is no user's token. */
export function identityOf(token: string, payload: unknown): TokenIdentity | null {
  const claims = asClaims(payload);
  const userId = Number(claims.id ?? Number.NaN);
  if (!Number.isSafeInteger(userId)) return null;
  const expiresAtMs = typeof claims.exp === 'number' ? claims.exp * 1000 : NEVER_MS;
  if (typeof claims.sid === 'string') return { kind: 'sid', id: claims.sid, userId, expiresAtMs };
  // Before 5.50 `verify` keeps the session id to itself; the token is verified, so its text will do.
  const rotation = claims.sessionId ?? claimsIn(token).sessionId;
  if (typeof rotation === 'string') return { kind: 'rotation', id: rotation, userId, expiresAtMs };
  const signingInput = token.slice(0, token.lastIndexOf('.'));
  const id = loadServerCore().sessionIdFor(signingInput);
  const issuedAtMs = typeof claims.iat === 'number' ? claims.iat * 1000 : undefined;
  return { kind: 'none', id, userId, expiresAtMs, ...(issuedAtMs !== undefined && { issuedAtMs }) };
}

/** How Strapi writes the ids of its rows; what some database takes for the same is none. */
const ROTATION_ID = /^[\da-f]{32}$/;

/** Reads the id of Strapi's row that a refresh token claims; the caller has the token verified. */
export function claimedRotation(token: string): string | null {
  const { sessionId } = claimsIn(token);
  return typeof sessionId === 'string' && ROTATION_ID.test(sessionId) ? sessionId : null;
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
