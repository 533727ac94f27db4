import type { Announce } from '../services/events';
import { loginFactsOf } from '../services/login-facts';
import type { RequestContext } from '../strapi';

/** Announces each login that Strapi's own login route refuses. */
export function createLoginWatch(announce: Announce) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const [answer] = await Promise.allSettled([next()]);
    const failed = answer.status === 'rejected';
    if (failed ? isRefusal(answer.reason) : isClientError(ctx.status)) report(ctx, announce);
    if (failed) throw answer.reason;
  };
}

/** Leaves out what was typed: people type their password into the wrong field. */
function report(ctx: RequestContext, announce: Announce): void {
  const { method, ip, userAgent } = loginFactsOf(ctx);
  if (method !== 'password' && !method.startsWith('oauth:')) return;
  announce('login.failed', { method, ip, userAgent });
}

const isClientError = (status: unknown): boolean => Number(status) >= 400 && Number(status) < 500;

/** The errors that Strapi turns into an answer to the client, further out than here. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ApplicationError',
  'ForbiddenError',
  'RateLimitError',
  'UnauthorizedError',
  'ValidationError',
  'YupValidationError',
]);

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return REFUSALS.has(error.name) || ('status' in error && isClientError(error.status));
}
