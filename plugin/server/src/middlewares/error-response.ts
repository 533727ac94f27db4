import type { ErrorResponse } from '../../../shared/contracts';
import type { RequestContext } from '../strapi';

/** The status of a request beyond a limit. */
export const TOO_MANY_REQUESTS = 429;

/** Responds with an error in Strapi's format. */
export function respondWithError(ctx: RequestContext, error: ErrorResponse['error']): void {
  ctx.status = error.status;
  ctx.body = { data: null, error } satisfies ErrorResponse;
}

/** Responds 429 with the message of Strapi's own limiters, and with `Retry-After` in seconds. */
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

/** Sets a header field and exposes it to front ends on other origins. */
export function expose(ctx: RequestContext, field: string, value: string): void {
  ctx.set(field, value);
  ctx.append('Access-Control-Expose-Headers', field);
}
