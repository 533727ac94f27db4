import type { ErrorResponse } from '../../../shared/contracts';
import type { RequestContext } from '../strapi';

/** The status of what was asked too often. */
export const TOO_MANY_REQUESTS = 429;

/** Answers an error in the shape in which Strapi does. */
export function respondWithError(ctx: RequestContext, error: ErrorResponse['error']): void {
  ctx.status = error.status;
  ctx.body = { data: null, error } satisfies ErrorResponse;
}

/** Answers 429 in the words of Strapi's own limiters, and says when to try again. */
export function respondTooManyRequests(
  ctx: RequestContext,
  retryAfterMs: number,
  details: ErrorResponse['error']['details'] = {},
): void {
  expose(ctx, 'Retry-After', String(Math.ceil(retryAfterMs / 1000)));
  respondWithError(ctx, {
    status: TOO_MANY_REQUESTS,
    name: 'RateLimitError',
    message: 'Too many requests, please try again later.',
    details,
  });
}

/** Sets a field of the header; a front end on another origin reads only those that are named to it. */
export function expose(ctx: RequestContext, field: string, value: string): void {
  ctx.set(field, value);
  ctx.append('Access-Control-Expose-Headers', field);
}
