import type { RequestContext } from '../strapi';

/** Answers 429 in the words of Strapi's own limiters, and says when to try again. */
export function answerTooManyRequests(
  ctx: RequestContext,
  retryAfterMs: number,
  details: object = {},
): void {
  ctx.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)));
  ctx.append('Access-Control-Expose-Headers', 'Retry-After');
  ctx.status = 429;
  ctx.body = {
    data: null,
    error: {
      status: 429,
      name: 'RateLimitError',
      message: 'Too many requests, please try again later.',
      details,
    },
  };
}
