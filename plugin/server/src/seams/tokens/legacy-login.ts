import { loginFactsOf } from '../../services/requests/login-facts';
import { holdResponse } from './hold-response';
import { inRefreshMode, type JwtService, type Payload } from './jwt-service';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';

/**
 * Wraps `jwt.issue` to add the claim `sid` to every user's token (legacy mode).
 *
 * It stays synchronous, because callers of the service expect that. The response waits for the row
 * instead.
 */
export function wrapLegacyIssue(jwt: JwtService, parts: SeamParts): void {
  const { strapi, core, sessions, pending } = parts;
  wrapOnce(jwt, 'issue', (issue) => (given, options) => {
    const payload = claimsOf(given);
    const userId = Number(payload.id ?? Number.NaN);
    if (inRefreshMode(strapi) || !Number.isSafeInteger(userId)) return issue(given, options);
    const sessionId = core.newSessionId();
    const begin = (token: string): string => {
      const facts = loginFactsOf(strapi.requestContext.get());
      const commit = sessions
        .logIn({ sessionId, userId, facts, accessToken: token })
        .finally(() => pending.delete(sessionId));
      pending.set(sessionId, commit);
      holdResponse(commit, parts);
      return token;
    };
    const token = issue({ ...payload, sid: sessionId }, options);
    // An app may replace the service by an asynchronous one.
    return typeof token === 'string' ? begin(token) : token.then(begin);
  });
}

/** As Strapi does, uses the payload's `toJSON` if there is one. */
function claimsOf(payload: Payload): Payload {
  const { toJSON } = payload as { toJSON?: () => Payload };
  return typeof toJSON === 'function' ? toJSON.call(payload) : payload;
}
