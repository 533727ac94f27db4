import type { RefusalReason } from '../../../shared/contracts';
import type { RequestContext } from '../strapi';
import { beginAnswered, withholdAll } from './answered-logins';
import { answeredTexts, tokenHeadersOf } from '../services/requests/answered-texts';
import type { RequestState, RequestStates } from '../services/requests/request-state';
import { SessionTerminated } from '../services/sessions/continuation/continuation';
import type { SessionLinks } from '../services/sessions/continuation/session-links';
import { SessionLimitReached } from '../services/sessions/logins/session-limit';
import { respondWithError, respondTooManyRequests, expose } from './error-response';
import { outcomeOf } from './outcome';

const REASON_HEADER = 'X-Session-Terminated-Reason';
const RETRY_AFTER_SECONDS = '5';

/** Returns the dependencies of {@link createSessionResponse}; each request calls it. */
export type SessionResponseParts = () => {
  requestStates: RequestStates;
  links: SessionLinks;
  /** Adds the cookie that tells the browser to an answer with a refresh cookie. */
  setDeviceCookie: (ctx: RequestContext, value: string) => void;
  /** Removes a cookie from the browser. */
  dropCookie: (ctx: RequestContext, name: string) => void;
  /** Receives the error of each answer whose secrets could not be recorded. */
  report: (error: unknown) => void;
};

/**
 * Creates a middleware that holds each response until its sessions are committed.
 *
 * It may stand in the chain twice: within the middlewares that encode the response, and around all
 * others, for the tokens that those issue or verify.
 *
 * It responds without token or cookie to a refused login: 503 if the session cannot be committed,
 * 403 beyond the session limit, 429 after too many failures, and 401 if the login continues a
 * terminated session. It links secrets of other plugins to the session that they leave with.
 *
 * It responds 401 where an app's code has not waited for the check of a token that is refused.
 *
 * It also responds 503 if a user's change could not be committed, or if the session of a request
 * could not be looked up, because a client would log its user out on 401. It adds the reason of a
 * termination to a 401.
 */
export function createSessionResponse(parts: SessionResponseParts) {
  /**
   * Reads the answer within and around the other middlewares, and links what it has once it leaves.
   */
  async function linkSecrets(ctx: RequestContext, state: RequestState): Promise<void> {
    const tokens = new Set(state.issued.map(({ token }) => token));
    for (const text of answeredTexts(ctx, tokens)) state.answered.add(text);
    const session = issuedWith(state);
    if (state.holders > 0 || !session) return;
    const { links, report } = parts();
    const secrets = [...state.answered].filter((text) => !tokens.has(text));
    try {
      await links.link(ctx, secrets, session);
    } catch (error) {
      report(error);
      withdrawResponse(ctx, state);
      respondUnavailable(ctx, 'The login could not be recorded; try again shortly');
    }
  }

  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const state = parts().requestStates.open(ctx);
    state.holders += 1;
    const thrown = await outcomeOf(next);
    state.holders -= 1;
    if (state.issuesTokens || state.commits.length > 0) ctx.set('Cache-Control', 'no-store');
    // A middleware around another one may issue a token in place of a refusal.
    const isLast = state.holders === 0;
    if (state.hasResponded && state.commits.length === 0) {
      if (isLast) await withholdAll(state);
      if (thrown) throw thrown.error;
      return;
    }
    const failures = await failuresOf(state.commits);
    const leaves = state.retryAfterMs === null && failures.length === 0 && !thrown;
    if (leaves) failures.push(...(await beginAnswered(ctx, state, isLast)));
    else if (isLast) await withholdAll(state);
    if (state.retryAfterMs !== null) {
      withdrawResponse(ctx, state);
      respondTooManyRequests(ctx, state.retryAfterMs);
      return;
    }
    if (failures.length > 0) {
      withdrawResponse(ctx, state);
      respondToFailures(ctx, failures, state, parts().dropCookie);
      return;
    }
    if (thrown) throw thrown.error;
    // Within the others, a middleware may hold the transaction open until this one is done.
    if (isLast && (await failuresOf(state.changes)).length > 0) {
      withdrawResponse(ctx, state);
      respondUnavailable(ctx, 'The change could not be committed; try again shortly');
      return;
    }
    if (ctx.status !== 401 && (await failuresOf(state.checks)).length > 0) {
      withdrawResponse(ctx, state);
      if (state.refusal) respondTerminated(ctx, state.refusal);
      else respondUnavailable(ctx, 'The session could not be looked up; try again shortly');
      return;
    }
    if (state.issued.length > 0) await linkSecrets(ctx, state);
    if (state.deviceCookie !== null) parts().setDeviceCookie(ctx, state.deviceCookie);
    if (ctx.status !== 401) return;
    if (state.refusal ?? state.isUnverifiable) respondedTo(state);
    if (state.refusal) {
      addReason(ctx, state.refusal);
    } else if (state.isUnverifiable) {
      respondUnavailable(ctx, 'The session could not be looked up; try again shortly');
    }
  };
}

/** Responds to a login that was refused, or could not be recorded. */
function respondToFailures(
  ctx: RequestContext,
  failures: readonly unknown[],
  { staleCookies }: RequestState,
  dropCookie: (ctx: RequestContext, name: string) => void,
): void {
  const terminated = failures.filter((failure) => failure instanceof SessionTerminated);
  const overLimit = failures.filter((failure) => failure instanceof SessionLimitReached);
  if (terminated.length + overLimit.length < failures.length) {
    respondUnavailable(ctx, 'The login could not be recorded; try again shortly');
  } else if (terminated[0]) {
    respondTerminated(ctx, terminated[0].reason);
    // A browser would send them again with the next login.
    for (const name of staleCookies) dropCookie(ctx, name);
  } else {
    respondSessionLimit(ctx);
  }
}

function respondTerminated(ctx: RequestContext, reason: RefusalReason): void {
  expose(ctx, REASON_HEADER, reason);
  respondWithError(ctx, {
    status: 401,
    name: 'UnauthorizedError',
    message: 'The session is terminated; log in again',
    details: { reason },
  });
}

/** Records that a response was written; what is issued from now on needs another one. */
function respondedTo(state: RequestState): void {
  state.hasResponded = true;
  state.commits.length = 0;
}

/**
 * Makes room for another response, once for both places in the chain.
 *
 * It removes the header fields that may carry a token, and those of the body that is replaced.
 */
function withdrawResponse(ctx: RequestContext, state: RequestState): void {
  respondedTo(state);
  for (const name of tokenHeadersOf(ctx)) ctx.remove(name);
  ctx.remove('Content-Encoding');
  ctx.remove('ETag');
}

/** Returns the session of the newest token that the answer carries, else of the newest one. */
function issuedWith({
  issued,
  answered,
}: RequestState): RequestState['issued'][number] | undefined {
  return issued.filter(({ token }) => answered.has(token)).at(-1) ?? issued.at(-1);
}

async function failuresOf(commits: readonly Promise<unknown>[]): Promise<unknown[]> {
  if (commits.length === 0) return [];
  const outcomes = await Promise.allSettled(commits);
  return outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
}

function respondSessionLimit(ctx: RequestContext): void {
  const reason: RefusalReason = 'session_limit';
  expose(ctx, REASON_HEADER, reason);
  respondWithError(ctx, {
    status: 403,
    name: 'ForbiddenError',
    message: 'You are logged in on as many devices as allowed; log out on one of them first',
    details: { reason },
  });
}

function respondUnavailable(ctx: RequestContext, message: string): void {
  expose(ctx, 'Retry-After', RETRY_AFTER_SECONDS);
  respondWithError(ctx, {
    status: 503,
    name: 'ServiceUnavailableError',
    message,
    details: {},
  });
}

/** The body of Strapi's error responses. */
interface ErrorBody {
  error: { details?: object };
}

function addReason(ctx: RequestContext, reason: RefusalReason): void {
  expose(ctx, REASON_HEADER, reason);
  if (!isErrorBody(ctx.body)) return;
  ctx.body.error.details = { ...ctx.body.error.details, reason };
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  return typeof body.error === 'object' && body.error !== null;
}
