import type { RequestContext } from '../../strapi';

/**
 * Returns which tokens leave in an answer, in its header or its body.
 *
 * A body that is encoded cannot be read; `null` then stands for it.
 */
export function carriedTokens(ctx: RequestContext, tokens: readonly string[]): string[] | null {
  const headers = JSON.stringify(Object.values(ctx.response.headers));
  const body = textOf(ctx.body);
  if (body === null || ctx.response.get('Content-Encoding') !== '') return null;
  return tokens.filter((token) => headers.includes(token) || body.includes(token));
}

/** Returns the text of a body; `null` for a stream. */
function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body;
  if (Buffer.isBuffer(body)) return body.toString();
  if (typeof body !== 'object' || body === null) return '';
  if ('pipe' in body) return null;
  try {
    return JSON.stringify(body);
  } catch {
    return null;
  }
}
