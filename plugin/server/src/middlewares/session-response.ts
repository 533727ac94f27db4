import type { RefusalReason } from '../../../shared/contracts';
import type { RequestContext } from '../strapi';
import type { RequestStates } from '../services/requests/request-state';
import { SessionLimitReached } from '../services/sessions/session-limit';
import { respondWithError, respondTooManyRequests, expose } from './error-response';
import { outcomeOf } from './outcome';

const REASON_HEADER = 'X-Session-Terminated-Reason';
const RETRY_AFTER_SECONDS = '5';

/**
 * Holds each response until the sessions it hands out are committed, and says why one was refused.
 *
 * A login whose session cannot be committed is answered 503, one beyond the user's limit 403, and
 * one after too many that failed 429; none of them with token or cookie. A request whose session could
 * not be looked up is answered 503 as well: a client that gets 401 would log its user out.
 */
export function createSessionResponse(requestStates: RequestStates) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const state = requestStates.open(ctx);
    const thrown = await outcomeOf(next);
    const failures = state.commits.length > 0 ? await failuresOf(state.commits) : [];
    if (state.retryAfterMs !== null) {
      withhold(ctx);
      respondTooManyRequests(ctx, state.retryAfterMs);
      return;
    }
    if (failures.length > 0) {
      withhold(ctx);
      if (failures.every((failure) => failure instanceof SessionLimitReached)) answerLimited(ctx);
      else answerUnavailable(ctx, 'The login could not be recorded; try again shortly');
      return;
    }
    if (thrown) throw thrown.error;
    if (ctx.status !== 401) return;
    if (state.refusal) {
      explain(ctx, state.refusal);
    } else if (state.isUnverifiable) {
      answerUnavailable(ctx, 'The session could not be looked up; try again shortly');
    }
  };
}

/** Takes back what the answer would have handed out besides its body. */
function withhold(ctx: RequestContext): void {
  ctx.remove('Set-Cookie');
  ctx.remove('Location');
}

async function failuresOf(commits: Promise<unknown>[]): Promise<unknown[]> {
  const outcomes = await Promise.allSettled(commits);
  return outcomes.flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
}

function answerLimited(ctx: RequestContext): void {
  const reason: RefusalReason = 'session_limit';
  expose(ctx, REASON_HEADER, reason);
  respondWithError(ctx, {
    status: 403,
    name: 'ForbiddenError',
    message: 'You are logged in on as many devices as allowed; log out on one of them first',
    details: { reason },
  });
}

function answerUnavailable(ctx: RequestContext, message: string): void {
  expose(ctx, 'Retry-After', RETRY_AFTER_SECONDS);
  respondWithError(ctx, {
    status: 503,
    name: 'ServiceUnavailableError',
    message,
    details: {},
  });
}

/** The body of Strapi's error answers. */
interface ErrorBody {
  error: { details?: object };
}

function explain(ctx: RequestContext, reason: RefusalReason): void {
  expose(ctx, REASON_HEADER, reason);
  if (!isErrorBody(ctx.body)) return;
  ctx.body.error.details = { ...ctx.body.error.details, reason };
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  return typeof body.error === 'object' && body.error !== null;
}
