import type { RefusalReason } from '../../../shared/contracts';
import type { RequestContext } from '../strapi';
import type { RequestStates } from '../services/requests/request-state';
import { SessionLimitReached } from '../services/sessions/session-limit';
import { respondWithError, respondTooManyRequests, expose } from './error-response';
import { outcomeOf } from './outcome';

const REASON_HEADER = 'X-Session-Terminated-Reason';
const RETRY_AFTER_SECONDS = '5';

/**
 * Creates a middleware that holds each response until its sessions are committed.
 *
 * It may stand in the chain twice: within the middlewares that encode the response, and around all
 * others, for the tokens that those issue or verify.
 *
 * It responds without token or cookie to a refused login: 503 if the session cannot be committed,
 * 403 beyond the session limit, and 429 after too many failures. It also responds 503 if the
 * session of a request could not be looked up, because a client would log its user out on 401. It
 * adds the reason of a termination to a 401.
 */
export function createSessionResponse(requestStates: Pick<RequestStates, 'open'>) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const state = requestStates.open(ctx);
    const thrown = await outcomeOf(next);
    if (state.issuesTokens || state.commits.length > 0) ctx.set('Cache-Control', 'no-store');
    if (state.hasResponded) {
      if (thrown) throw thrown.error;
      return;
    }
    const failures = state.commits.length > 0 ? await failuresOf(state.commits) : [];
    if (state.retryAfterMs !== null) {
      state.hasResponded = true;
      removeCredentials(ctx);
      respondTooManyRequests(ctx, state.retryAfterMs);
      return;
    }
    if (failures.length > 0) {
      state.hasResponded = true;
      removeCredentials(ctx);
      if (failures.every((failure) => failure instanceof SessionLimitReached))
        respondSessionLimit(ctx);
      else respondUnavailable(ctx, 'The login could not be recorded; try again shortly');
      return;
    }
    if (thrown) throw thrown.error;
    if (ctx.status !== 401) return;
    state.hasResponded = state.refusal !== null || state.isUnverifiable;
    if (state.refusal) {
      addReason(ctx, state.refusal);
    } else if (state.isUnverifiable) {
      respondUnavailable(ctx, 'The session could not be looked up; try again shortly');
    }
  };
}

/** Removes the header fields that may carry a token, and those of the body that is replaced. */
function removeCredentials(ctx: RequestContext): void {
  ctx.remove('Set-Cookie');
  ctx.remove('Location');
  ctx.remove('Content-Encoding');
  ctx.remove('ETag');
}

async function failuresOf(commits: Promise<unknown>[]): Promise<unknown[]> {
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
