import { holdResponse } from './hold-response';
import { createIssueOf, issueAs, type Issue } from './issue-start';
import { inRefreshMode, jwtServiceOf, type JwtService, type Payload } from './jwt-service';
import { createRecordLogin } from './record-login';
import type { SeamParts } from '../parts';
import { userIdOf } from '../../services/requests/user-id';
import {
  tokenExpiryOf,
  withoutSessionClaim,
  withSessionClaim,
} from '../../services/sessions/tokens/token-claims';
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
 * instead. In refresh mode it only says how the session manager is asked.
 */
export function wrapJwtIssue(parts: SeamParts): void {
  const { strapi, core, tokens, continuation, requestStates, afterCommit, pending } = parts;
  const issueOf = createIssueOf(strapi, requestStates);
  const record = createRecordLogin(parts);

  function issueLegacy(
    issue: JwtService['issue'],
    { payload, options, userId }: { payload: Payload; options?: object; userId: number },
    how: Issue,
  ): string | Promise<string> {
    const sessionId = core.newSessionId();
    const pendingIssue = continuation.begin(userId);
    const begin = (token: string): string => {
      const expiresAtMs = tokenExpiryOf(token);
      const name = tokens.nameIssued(token, sessionId);
      const isNamed = name.id === sessionId;
      const state = requestStates.current();
      const write = async (): Promise<void> => {
        const session = await pendingIssue.session();
        const issued = { sessionId: session?.sessionId ?? sessionId, userId, token };
        if (session) {
          await continuation.join(session, () => Promise.resolve({ ...name, expiresAtMs }));
          state?.issued.push(issued);
          return;
        }
        const login = { sessionId, userId, expiresAtMs, ...(!isNamed && { name }) };
        const start = await record({ ...login, issue: how });
        state?.issued.push(issued);
        await start();
      };
      const commit = afterTransaction(afterCommit, write).finally(() => pending.delete(name.id));
      if (how.login) commit.catch(how.login.failed);
      pending.set(name.id, commit);
      holdResponse(commit, parts);
      return token;
    };
    const token = issue(withSessionClaim(payload, sessionId), options);
    // An app may replace the service by an asynchronous one.
    return typeof token === 'string' ? begin(token) : token.then(begin);
  }

  const seam = { name: SEAMS.issue, owner: () => jwtServiceOf(strapi), method: 'issue' } as const;
  wrapFunction(strapi, seam, (issue) => (given, options) => {
    const payload = claimsOf(given);
    const userId = userIdOf(payload.id);
    const how = issueOf(payload, options);
    if (inRefreshMode(strapi)) {
      return issueAs({ ...how, dropsRefreshToken: true }, () => issue(given, options));
    }
    if (userId === null) return issue(given, options);
    if (how.startsAt === 'never') return issue(withoutSessionClaim(payload), options);
    return issueLegacy(issue, { payload, options, userId }, how);
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
