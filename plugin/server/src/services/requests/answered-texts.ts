import type { RequestContext } from '../../strapi';

/** Objects deeper than this in a body are left alone. */
const MAX_DEPTH = 5;

/** The longest body of text that is read, in characters. */
const MAX_BODY_LENGTH = 65_536;

/** Cookies that every answer of Strapi may set: its own session, and signatures of cookies. */
const OWN_COOKIE = /^koa\.|\.sig$/;

/** Headers beside the cookies that may carry a token. */
const TOKEN_HEADER = /token|^authorization$/;

/** Headers that carry a token within a longer text. */
const OTHER_HEADERS: ReadonlySet<string> = new Set(['set-cookie', 'location', 'refresh', 'link']);

/**
 * Returns the texts of an answer that may be secrets of another plugin: cookies and headers first,
 * then the body, outer objects before inner ones.
 *
 * Entities are left out, because their texts are known to others: objects with an id, unless one of
 * the tokens stands directly in them.
 *
 * @param tokens The tokens that Strapi issued in the request.
 */
export function answeredTexts(ctx: RequestContext, tokens: ReadonlySet<string>): string[] {
  const texts = [...cookiesOf(ctx), ...headersOf(ctx), ...textsOf(bodyOf(ctx), tokens)];
  return texts.map((text) => text.trim());
}

/** Returns the names of the header fields of an answer that may carry a token. */
export function tokenHeadersOf(ctx: RequestContext): string[] {
  const names = Object.keys(ctx.response.headers);
  return names.filter((name) => TOKEN_HEADER.test(name) || OTHER_HEADERS.has(name));
}

function headersOf(ctx: RequestContext): string[] {
  const headers = Object.entries(ctx.response.headers);
  const named = headers.filter(([name]) => TOKEN_HEADER.test(name));
  const values = named.flatMap(([, value]) => String(value).replace(/^Bearer /i, ''));
  return [...values, ...parametersIn(ctx.response.get('Location'))];
}

/** A redirect may carry tokens in its query or its fragment. */
function parametersIn(location: string): string[] {
  const [, parameters = ''] = location.split(/[?#](.*)/s);
  return [...new URLSearchParams(parameters.replace('#', '&')).values()];
}

function cookiesOf(ctx: RequestContext): string[] {
  // Node keeps several cookies as a list; Koa types the header as one text.
  const set = [ctx.response.headers['set-cookie'] ?? []].flat();
  return set.flatMap((cookie) => {
    const [pair = ''] = cookie.split(';');
    const [name = '', ...value] = pair.split('=');
    return OWN_COOKIE.test(name) ? [] : [decoded(value.join('='))];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bodyOf({ body }: RequestContext): unknown {
  const text = Buffer.isBuffer(body) ? body.toString() : body;
  if (typeof text !== 'string') return isStream(text) ? null : text;
  if (text.length > MAX_BODY_LENGTH) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A compressed body; the texts were read before it was compressed. */
function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'pipe' in body;
}

/** Lists the texts of a body, outer objects before inner ones. */
function textsOf(body: unknown, tokens: ReadonlySet<string>): string[] {
  const texts: string[] = [];
  let level: unknown[] = [body];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const inner: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') texts.push(value);
      if (typeof value === 'object' && value !== null) inner.push(...partsOf(value, tokens));
    }
    level = inner;
  }
  return texts;
}

function partsOf(value: object, tokens: ReadonlySet<string>): unknown[] {
  const parts = Object.entries(value) as [string, unknown][];
  const isEntity = 'id' in value || 'documentId' in value;
  const hasToken = parts.some(([, part]) => typeof part === 'string' && tokens.has(part));
  if (isEntity && !hasToken) return [];
  return parts.filter(([name]) => name !== 'id' && name !== 'documentId').map(([, part]) => part);
}
