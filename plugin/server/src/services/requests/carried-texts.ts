import type { RequestContext } from '../../strapi';

/** A text of a request that may be a token. */
export interface CarriedText {
  text: string;
  /** The name of the cookie that it came in, if any. */
  cookie: string | null;
}

/** The shortest text that the core takes for a secret; shorter ones are not worth a call. */
const MIN_LENGTH = 20;

/** Everything that no token contains; a scheme, quotes or GraphQL may stand around it. */
const SEPARATORS = /[^\w\-.~+/=:|]+/;

/**
 * Returns the texts of a request that may be tokens, each once.
 *
 * They come from cookies, headers, path, query and body, because a plugin may read its token from
 * anywhere.
 */
export function carriedTexts(ctx: RequestContext): CarriedText[] {
  const carried = new Map<string, CarriedText>();
  const add = (given: string, cookie: string | null = null): void => {
    for (const text of given.split(SEPARATORS)) {
      if (text.length >= MIN_LENGTH && !carried.has(text)) carried.set(text, { text, cookie });
    }
  };
  const { cookie: cookies = '', ...headers } = ctx.request.headers;
  for (const [name, value] of cookiesIn(cookies)) add(value, name);
  ctx.path
    .split('/')
    .map(decoded)
    .forEach((part) => add(part));
  // Koa types params, query and body as open.
  const params: unknown = ctx.params;
  for (const text of textsIn([headers, ctx.query, params, ctx.request.body])) add(text);
  return [...carried.values()];
}

function cookiesIn(header: string): [string, string][] {
  return header.split(';').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), decoded(value.join('='))];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Yields every text within a value, however deep. */
function* textsIn(root: unknown): Generator<string> {
  const pending: unknown[] = [root];
  const seen = new Set<object>();
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === 'string') yield value;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const item of Object.values(value)) if (item !== undefined) pending.push(item);
  }
}
