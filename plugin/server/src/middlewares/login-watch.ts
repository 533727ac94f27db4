import type { Announce } from '../services/events';
import { loginFactsOf } from '../services/login-facts';
import { isClientError, isRefusal } from '../services/login-refusals';
import type { Notebook } from '../services/request-notes';
import type { RequestContext } from '../strapi';

/** Announces each login that is refused, by Strapi's own login route or before it was tried. */
export function createLoginWatch(announce: Announce, notebook: Notebook) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const [answer] = await Promise.allSettled([next()]);
    const failed = answer.status === 'rejected';
    if (failed ? isRefusal(answer.reason) : isClientError(ctx.status)) {
      report(ctx, announce, notebook.peek(ctx)?.retryAfterMs ?? null);
    }
    if (failed) throw answer.reason;
  };
}

/** Leaves out what was typed: people type their password into the wrong field. */
function report(ctx: RequestContext, announce: Announce, retryAfterMs: number | null): void {
  const { method, ip, userAgent } = loginFactsOf(ctx);
  const facts = { method, ip, userAgent };
  if (retryAfterMs !== null) announce('login.limited', { ...facts, retryAfterMs });
  else if (method === 'password' || method.startsWith('oauth:')) announce('login.failed', facts);
}
