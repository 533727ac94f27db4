import { currentRequest } from '../../strapi';
import { holdResponse } from './hold-response';
import { inRefreshMode, jwtServiceOf, type Payload } from './jwt-service';
import type { SeamParts } from '../parts';
import { userIdOf } from '../../services/requests/user-id';
import { withSessionClaim } from '../../services/sessions/tokens/token-claims';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';

/**
 * Wraps `jwt.issue` to add the claim `msm` to every user's token (legacy mode).
 *
 * Each token has an `msm` of its own. That of a login is the id of its session; that of a later token
 * leads to the session, as the id of a rotation does in the mode `refresh`. A token that an app keeps
 * from naming its session is found by an id that is derived from it.
 *
 * It stays synchronous, because callers of the service expect that. The response waits for the row
 * instead.
 */
export function wrapLegacyIssue(parts: SeamParts): void {
  const { strapi, core, sessions, tokens, continuation, requestStates } = parts;
  const { afterCommit, pending } = parts;
  const seam = { name: SEAMS.issue, owner: () => jwtServiceOf(strapi), method: 'issue' } as const;
  wrapFunction(strapi, seam, (issue) => (given, options) => {
    const payload = claimsOf(given);
    const userId = userIdOf(payload.id);
    if (inRefreshMode(strapi) || userId === null) return issue(given, options);
    const sessionId = core.newSessionId();
    const pendingIssue = continuation.begin(userId);
    const begin = (token: string): string => {
      const facts = parts.facts.loginFactsOf(currentRequest(strapi));
      const name = tokens.nameIssued(token, sessionId);
      const isNamed = name.id === sessionId;
      const login = { sessionId, userId, facts, ...(!isNamed && { name }) };
      const state = requestStates.current();
      const write = async (): Promise<void> => {
        const session = await pendingIssue.session();
        if (session) {
          await continuation.join(session, () => Promise.resolve(name));
        } else {
          await sessions.logIn(login);
        }
        state?.issued.push({ sessionId: (session ?? login).sessionId, userId, token });
      };
      const commit = afterTransaction(afterCommit, write).finally(() => pending.delete(name.id));
      pending.set(name.id, commit);
      holdResponse(commit, parts);
      return token;
    };
    const token = issue(withSessionClaim(payload, sessionId), options);
    // An app may replace the service by an asynchronous one.
    return typeof token === 'string' ? begin(token) : token.then(begin);
  });
}

/** As Strapi does, uses the payload's `toJSON` if there is one. */
function claimsOf(payload: Payload): Payload {
  const { toJSON } = payload as { toJSON?: () => Payload };
  return typeof toJSON === 'function' ? toJSON.call(payload) : payload;
}

/**
 * Runs work once the caller's transaction is committed, at once outside of one, and not at all
 * after a rollback.
 *
 * The transaction may end before the first statement of work that it does not wait for.
 */
async function afterTransaction(
  afterCommit: SeamParts['afterCommit'],
  work: () => Promise<void>,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    afterCommit(() => void work().then(resolve, reject), resolve).catch(reject);
  });
}
