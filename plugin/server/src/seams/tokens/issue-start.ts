import { createAsyncVariable } from '../../async/async-variable';
import { methodOf, type LoginFacts } from '../../services/requests/login-facts';
import type { RequestStates } from '../../services/requests/request-state';
import type { KnownBinding, Login } from '../../services/sessions/logins/new-session';
import { isSessionless } from '../../services/sessions/tokens/token-claims';
import { currentRequest, type RequestContext, type Strapi } from '../../strapi';
import { isAfterCreation } from '../users/user-creation';
import type { Payload } from './jwt-service';

/** How a token is issued: when its session begins, or that it has none. */
export interface Issue {
  startsAt: Login['startsAt'] | 'never';
  /** Whether the refresh token of the session is dropped. */
  dropsRefreshToken?: boolean;
  /** The facts of a login of two steps, in place of those of the request. */
  login?: {
    facts: LoginFacts;
    binding: Promise<KnownBinding>;
    /** Hears of the session once it has begun. */
    recorded: (sessionId: string) => void;
    /** Hears why it could not begin. */
    failed: (error: unknown) => void;
  };
}

/** The options of `jwt.issue` that say more than who the user is. */
const CLAIM_OPTIONS = ['expiresIn', 'notBefore', 'audience', 'issuer', 'subject', 'jwtid'];

const issues = createAsyncVariable<Issue>();

/** Issues tokens in a given way, whatever the request and the claims say. */
export function issueAs<Result>(issue: Issue, work: () => Result): Result {
  return issues.run(issue, work);
}

/** Decides when the session of a token begins that is about to be issued. */
export type IssueOf = (payload: Payload, options?: object) => Issue;

/** Creates the decision. */
export function createIssueOf(strapi: Strapi, requestStates: RequestStates): IssueOf {
  function startOf(
    ctx: RequestContext | undefined,
    payload: Payload,
    options: object,
  ): Issue['startsAt'] {
    if (isSessionless(payload)) return 'never';
    if (!ctx || isAfterCreation()) return 'first-use';
    const { chosenSession, loginsUnderWay, holders } = requestStates.open(ctx);
    if (chosenSession === null || methodOf(ctx) === 'magic-link') return 'now';
    // A token may be withheld until a second step, if anything looks at the answer.
    if (loginsUnderWay > 0) return holders > 0 ? 'answer' : 'now';
    return isPlain(payload, options) ? 'now' : 'first-use';
  }

  return (payload, options = {}) =>
    issues.get() ?? { startsAt: startOf(currentRequest(strapi), payload, options) };
}

/** Tells whether a token says who the user is, and nothing else. */
function isPlain(payload: Payload, options: object): boolean {
  const claims = Object.entries(payload).filter(([, value]) => value !== undefined);
  const given = options as Record<string, unknown>;
  return (
    claims.every(([name]) => name === 'id' || name === 'userId') &&
    CLAIM_OPTIONS.every((name) => given[name] === undefined)
  );
}
