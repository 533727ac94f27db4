import { currentRequest, USERS_ORIGIN } from '../../strapi';
import type { SeamParts } from '../parts';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { createTokenAuthorization } from './authorize-token';
import { jwtServiceOf } from './jwt-service';
import { promiseWithFields } from './promise-with-fields';
import { strapiSessionManagerOf } from './strapi-session-manager';

/** A callback as Node's own functions take it. */
type Callback = (error: unknown, payload?: unknown, ...others: unknown[]) => unknown;

/**
 * Wraps `jwt.verify` to refuse tokens of terminated sessions; every request of a user passes here.
 *
 * It throws on refusal, because `null` would let the request through as anonymous. An app may replace
 * the function by one that returns the payload at once, or takes a callback; both stay as they are.
 */
export function wrapVerify(parts: SeamParts): void {
  const { strapi, sessions, tokens, requestStates, refusedTokens } = parts;
  const authorize = createTokenAuthorization(parts);

  /**
   * Records the reason where Strapi itself refuses a deleted user before the session is checked.
   */
  async function recordReason(token: string): Promise<void> {
    const ctx = currentRequest(strapi);
    const payload = strapiSessionManagerOf(parts)?.validateAccessToken(token, USERS_ORIGIN).payload;
    if (!ctx || !payload) return;
    const session = await sessions.findByRotation(payload.sessionId);
    if (!session?.reason) return;
    requestStates.open(ctx).refusal = session.reason;
    refusedTokens.record(session, session.reason);
  }

  /** Returns the check of a verified token; `null` if there is nothing to check. */
  function checkOf(token: string, payload: unknown): Promise<unknown> | null {
    const identity = tokens.identify(token, payload);
    if (identity) return authorize(identity).then(() => payload);
    const state = requestStates.current();
    if (state?.isAuthenticating && hasId(payload)) state.unidentified = { token, payload };
    return null;
  }

  async function checkLater(token: string, verified: PromiseLike<unknown>): Promise<unknown> {
    let payload: unknown;
    try {
      payload = await verified;
    } catch (error) {
      // The reason is optional; Strapi's error decides.
      await recordReason(token).catch(() => undefined);
      throw error;
    }
    return (await checkOf(token, payload)) ?? payload;
  }

  /** Returns the payload to callers who wait for the check, and to those who do not. */
  function checkMeanwhile(token: string, payload: unknown): unknown {
    const check = checkOf(token, payload);
    if (!check) return payload;
    check.catch(() => undefined);
    requestStates.current()?.checks.push(check);
    return promiseWithFields(payload, check);
  }

  function withCheck(token: string, callback: Callback): Callback {
    return (error, payload, ...others) => {
      const check = error ? null : checkOf(token, payload);
      if (!check) return callback(error, payload, ...others);
      return void check.then(() => callback(error, payload, ...others), callback);
    };
  }

  const seam = { name: SEAMS.verify, owner: () => jwtServiceOf(strapi), method: 'verify' } as const;
  wrapFunction(strapi, seam, (verify) => (token, ...others) => {
    const last = others.at(-1);
    if (isCallback(last)) others[others.length - 1] = withCheck(token, last);
    const verified = verify(token, ...others);
    return isPromise(verified) ? checkLater(token, verified) : checkMeanwhile(token, verified);
  });
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
