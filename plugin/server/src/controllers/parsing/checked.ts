import { BadParameter } from './parameters';

/** The part of a request that every answer needs; Strapi leaves it untyped. */
export interface Request {
  query: Record<string, unknown>;
  params: Record<string, string>;
  request: { body?: unknown };
  notFound(message: string): void;
  conflict(message: string): void;
  unauthorized(message: string): void;
  badRequest(message: string, details: object): void;
}

/** Answers with what it returns; with nothing once it has answered through the request. */
export type Action<R extends Request> = (ctx: R) => Promise<unknown>;

/** Reads the body as an object of fields. */
export function bodyOf(ctx: Request): Record<string, unknown> {
  const { body } = ctx.request;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new BadParameter('body', 'an object in JSON');
}

/** Answers 400 with the parameter's name where one is wrong. */
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
