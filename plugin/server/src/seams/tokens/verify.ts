import type { EarlyVerification } from '../../services/requests/authentication';
import { currentRequest, USERS_ORIGIN } from '../../strapi';
import type { SeamParts } from '../parts';
import { refuseToken, type EndedToken } from '../refuse';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { createTokenAuthorization } from './authorize-token';
import { countsAsNone } from './ended-token';
import { jwtServiceOf } from './jwt-service';
import { promiseWithFields } from './promise-with-fields';
import { strapiSessionManagerOf } from './strapi-session-manager';

/** How Strapi calls `jwt.verify` while it authenticates requests. */
export interface VerifyCalls {
  /** Whether the last call had the token alone; an app's own may take a callback as well. */
  readonly takeTokenAlone: boolean;
}

/** A callback as Node's own functions take it. */
type Callback = (error: unknown, payload?: unknown, ...others: unknown[]) => unknown;

/**
 * Wraps `jwt.verify` to refuse tokens of terminated sessions; every request of a user passes here.
 *
 * It throws on refusal, because `null` would let the request through as anonymous. It returns `null`
 * only where that is wanted. An app may replace the function by one that returns the payload at once,
 * or takes a callback; both stay as they are.
 */
export function wrapVerify(parts: SeamParts): VerifyCalls {
  const calls = { takeTokenAlone: false };
  const { strapi, sessions, tokens, requestStates, accountCheck } = parts;
  const authorize = createTokenAuthorization(parts);

  /**
   * Finds the terminated session of a token that Strapi itself refuses, because its user is gone;
   * `null` for any other token.
   */
  async function endedOfRefused(token: string): Promise<EndedToken | null> {
    const payload = strapiSessionManagerOf(parts)?.validateAccessToken(token, USERS_ORIGIN).payload;
    const session = payload ? await sessions.findByRotation(payload.sessionId) : null;
    if (!session) return null;
    const reason = session.reason ?? (await accountCheck.checkNow(session));
    return reason && { reason, session };
  }

  /** Lets a request go on as that of a visitor, or refuses it. */
  function visitorOrRefused(ended: EndedToken): null {
    const state = requestStates.current();
    if (countsAsNone(parts, currentRequest(strapi), state, ended)) return null;
    return refuseToken(parts, state, ended);
  }

  /** A token that an app reads from elsewhere is used for something else, such as a second step. */
  function isUse(token: string): boolean {
    const ctx = currentRequest(strapi);
    if (!ctx || requestStates.peek(ctx)?.authentication) return true;
    return (ctx.request.headers.authorization ?? '').includes(token);
  }

  /** Returns the check of a verified token; `null` if there is nothing to check. */
  function checkOf(token: string, payload: unknown): Promise<unknown> | null {
    const identity = tokens.identify(token, payload);
    if (identity) {
      const check = authorize(identity, isUse(token));
      return check.then((ended) => (ended ? visitorOrRefused(ended) : payload));
    }
    const state = requestStates.current();
    if (state?.authentication && hasId(payload)) state.unidentified = { token, payload };
    return null;
  }

  async function checkLater(token: string, verified: PromiseLike<unknown>): Promise<unknown> {
    let payload: unknown;
    try {
      payload = await verified;
    } catch (error) {
      // The reason is optional; Strapi's error decides.
      const ended = await endedOfRefused(token).catch(() => null);
      if (ended) return visitorOrRefused(ended);
      throw error;
    }
    const check = checkOf(token, payload);
    return check ? await check : payload;
  }

  /** Returns the payload to callers who wait for the check, and to those who do not. */
  function checkMeanwhile(token: string, payload: unknown): unknown {
    const check = checkOf(token, payload);
    if (!check) return payload;
    check.catch(() => undefined);
    requestStates.current()?.checks.push(check);
    return promiseWithFields(payload, check);
  }

  /** Returns the verification that preceded Strapi's question for it, once. */
  function takeEarly(token: string): EarlyVerification | null {
    const authentication = requestStates.current()?.authentication;
    if (authentication?.verification?.token !== token) return null;
    const { verification } = authentication;
    authentication.verification = null;
    return verification;
  }

  function withCheck(token: string, callback: Callback): Callback {
    return (error, payload, ...others) => {
      const check = error ? null : checkOf(token, payload);
      if (!check) return callback(error, payload, ...others);
      return void check.then((checked) => callback(error, checked, ...others), callback);
    };
  }

  const seam = { name: SEAMS.verify, owner: () => jwtServiceOf(strapi), method: 'verify' } as const;
  wrapFunction(strapi, seam, (verify) => (token, ...others) => {
    const early = others.length === 0 ? takeEarly(token) : null;
    if (early) return early.answer();
    const authentication = requestStates.current()?.authentication;
    if (authentication) calls.takeTokenAlone = others.length === 0;
    const last = others.at(-1);
    if (isCallback(last)) others[others.length - 1] = withCheck(token, last);
    const verified = verify(token, ...others);
    return isPromise(verified) ? checkLater(token, verified) : checkMeanwhile(token, verified);
  });
  return calls;
}

/** Strapi hands any id to the code that reads the user, which may be the app's own. */
function hasId(payload: unknown): payload is { id: unknown } {
  return typeof payload === 'object' && payload !== null && 'id' in payload;
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
