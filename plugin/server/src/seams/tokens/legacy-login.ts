import { loginFactsOf } from '../../services/requests/login-facts';
import { holdResponse } from './hold-response';
import { inRefreshMode, type JwtService, type Payload } from './jwt-service';
import type { SeamParts } from '../parts';
import { wrapOnce } from '../wrap-once';

/**
 * Makes `jwt.issue` name a session in every user's token (legacy mode).
 *
 * It stays as synchronous as the service is, since its callers expect that; the response waits for
 * the row instead.
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
    // A service that the app put in the place of Strapi's own may take its time.
    return typeof token === 'string' ? begin(token) : token.then(begin);
  });
}

/** Strapi issues what a payload says of itself, where it does. */
function claimsOf(payload: Payload): Payload {
  const { toJSON } = payload as { toJSON?: () => Payload };
  return typeof toJSON === 'function' ? toJSON.call(payload) : payload;
}
