import { BadParameter } from './parameters';

/** The used part of a request; Strapi leaves it untyped. */
export interface Request {
  query: Record<string, unknown>;
  params: Record<string, string>;
  request: { body?: unknown };
  notFound(message: string): void;
  conflict(message: string): void;
  unauthorized(message: string): void;
  badRequest(message: string, details: object): void;
}

/** An action; it returns the body, or `undefined` after it responded through the context. */
export type Action<R extends Request> = (ctx: R) => Promise<unknown>;

/** Reads the body as an object of fields. */
export function bodyOf(ctx: Request): Record<string, unknown> {
  const { body } = ctx.request;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new BadParameter('body', 'an object in JSON');
}

/** Wraps an action to respond 400 with the parameter's name on a {@link BadParameter}. */
export function checked<R extends Request>(action: Action<R>): Action<R> {
  return async (ctx) => {
    try {
      return await action(ctx);
    } catch (error) {
      if (!(error instanceof BadParameter)) throw error;
      ctx.badRequest(error.message, { field: error.field });
      return undefined;
    }
  };
}
