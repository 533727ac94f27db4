/** Tells for each option of a cache whether its value stores answers to requests with a token. */
const OPTIONS: Readonly<Record<string, (value: unknown) => boolean>> = {
  // strapi-cache and its kind
  cacheAuthorizedRequests: (value) => value === true,
  // rest-cache and its kind: a part of the key of an entry
  useHeaders: (value) => Array.isArray(value) && value.some(isAuthorization),
};

/**
 * Returns the paths of the options in a configuration that store answers to requests with a token.
 *
 * A path looks like `strategy.keys.useHeaders`.
 */
export function findCacheOptions(configuration: unknown): string[] {
  // A configuration may contain circles.
  const seen = new Set<object>();

  function find(value: unknown, path: string[]): string[] {
    if (!isPlain(value) || seen.has(value)) return [];
    seen.add(value);
    return Object.entries(value).flatMap(([name, inner]) => {
      const at = [...path, name];
      return OPTIONS[name]?.(inner) ? [at.join('.')] : find(inner, at);
    });
  }

  return find(configuration, []);
}

/** Clients and other instances of classes may have getters that do something. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Array.isArray(value);
}

function isAuthorization(header: unknown): boolean {
  return typeof header === 'string' && header.toLowerCase() === 'authorization';
}
