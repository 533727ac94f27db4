import { createHash } from 'node:crypto';
import { nowMs } from '../../../clock';
import type { RequestContext } from '../../../strapi';
import { MAX_CLOCK_SKEW_MS } from '../../../stores/database/sql/timely-write';
import type { RequestFacts } from '../../requests/login-facts';
import { signedClaims } from '../../requests/signed-claims';
import { userIdOf } from '../../requests/user-id';
import { loadServerCore } from '../../settings/load-core';
import { providerIdentity, providerMethod } from './provider-identity';
import {
  asClaims,
  claimedSession,
  claimsIn,
  expiryOf,
  instantOf,
  isSessionId,
  type Claims,
} from './token-claims';
import type { CarriedToken, IssuedName, ProviderToken, TokenIdentity } from './token-identity';

/** Reads which sessions tokens belong to. */
export interface TokenReader {
  /**
   * Reads the session that a verified token names; `null` if it is no user's token.
   *
   * @param payload The result of `jwt.verify`.
   */
  identify(token: string, payload: unknown): TokenIdentity | null;
  /** Reads a token that the app's secret signed, expired or not; `null` for other texts. */
  readCarried(text: string): CarriedToken | null;
  /** Returns how a token that was issued for a session is found again. */
  nameIssued(token: string, sessionId: string): IssuedName;
}

/** Dependencies of {@link createTokenReader}. */
export interface TokenReaderParts {
  /** Returns the secret that users-permissions signs tokens with. */
  jwtSecret: () => string;
  /** Returns the claims of a valid access token of Strapi's session manager. */
  accessClaims: (token: string) => object | null;
  currentRequest: () => RequestContext | undefined;
  facts: RequestFacts;
}

/** Creates the reader; only a signature by the app's own secret makes a claim name a session. */
export function createTokenReader(parts: TokenReaderParts): TokenReader {
  const { jwtSecret, accessClaims, currentRequest, facts } = parts;

  function identifyOwn(token: string, claims: Claims, userId: number): TokenIdentity {
    const expiresAtMs = expiryOf(claims);
    const tokenId = (): string => tokenIdOf(token);
    const hash = (): string => tokenHashOf(token);
    const session = claimedSession(claims);
    if (session !== null) return { kind: 'claim', id: session, userId, expiresAtMs, tokenId };
    const { type, sessionId } = claims;
    if (type === 'access' && typeof sessionId === 'string') {
      return { kind: 'rotation', id: sessionId, userId, expiresAtMs, hash };
    }
    return { kind: 'unnamed', id: tokenId(), userId, expiresAtMs, hash, ...issueOf(claims) };
  }

  function identifyOther(token: string, claims: Claims, userId: number): ProviderToken {
    const ctx = currentRequest();
    const { userAgent } = facts.originOf(ctx);
    const device = { userAgent, client: facts.clientOf(ctx) };
    return {
      kind: 'provider',
      ...providerIdentity(claims, userId, device),
      tokenId: tokenIdOf(token),
      userId,
      expiresAtMs: expiryOf(claims),
      ...issueOf(claims),
      facts() {
        const login = facts.loginFactsOf(ctx);
        return { ...login, method: providerMethod(claims, login) };
      },
    };
  }

  return {
    identify(token, payload) {
      if (typeof payload !== 'object' || payload === null || typeof token !== 'string') return null;
      const signed = signedClaims(token, jwtSecret()) ?? accessClaims(token);
      const own = signed && userOfAccess(asClaims(signed));
      // An app may return another user than the token's, and lets one act for another by that.
      if (signed && own !== null) return identifyOwn(token, asClaims(signed), own);
      const claims = { ...claimsIn(token), ...payload };
      const userId = userIdOf(asClaims(payload).id);
      return userId === null ? null : identifyOther(token, claims, userId);
    },

    readCarried(text) {
      const claims = signedClaims(text, jwtSecret());
      const userId = userIdOf(claims?.id ?? claims?.userId);
      if (!claims || userId === null) return null;
      const named = claimedSession(claims) ?? claims.sessionId;
      if (isSessionId(named)) return { id: named, userId, isNamed: true };
      return { id: tokenIdOf(text), userId, isNamed: false };
    },

    nameIssued(token, sessionId) {
      const claims = signedClaims(token, jwtSecret());
      if (claims && claimedSession(claims) === sessionId) return { id: sessionId };
      return { id: tokenIdOf(token), keepUntilMs: expiryOf(claimsIn(token)) };
    },
  };
}

/** Returns the user whom a token of Strapi's lets in; `null` for a refresh token or one of the app. */
function userOfAccess({ id, userId, type }: Claims): number | null {
  return userIdOf(type === 'access' ? userId : id);
}

/** Derives an id from the signed part of a token, because a token may have several signatures. */
function tokenIdOf(token: string): string {
  const end = token.lastIndexOf('.');
  return loadServerCore().sessionIdFor('token', end < 0 ? token : token.slice(0, end));
}

/** Returns the SHA-256 of a token, in hexadecimal digits; version 4 of the plugin stored it. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A time that has not come yet says nothing of the time before which sessions are terminated. */
function issueOf({ iat }: Claims): { issuedAtMs?: number } {
  const issuedAtMs = instantOf(iat);
  const isKnown = issuedAtMs !== null && issuedAtMs <= nowMs() + MAX_CLOCK_SKEW_MS;
  return isKnown ? { issuedAtMs } : {};
}

/** Reads the id of Strapi's row that a refresh token claims; the caller verifies the token. */
export function claimedRotation(token: string): string | null {
  const { sessionId } = claimsIn(token);
  return isSessionId(sessionId) ? sessionId : null;
}
