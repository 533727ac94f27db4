import type { RequestContext } from '../strapi';

const HEADER = 'Content-Security-Policy';
const WASM = "'wasm-unsafe-eval'";

/**
 * Creates a middleware that lets the admin's pages compile WebAssembly.
 *
 * Strapi's content security policy forbids it, and the settings page validates values with the
 * core. The middleware adds one source to the policy of pages under the admin's path, and changes
 * nothing else.
 *
 * @param adminPath The path of the admin, such as `/admin`.
 */
export function createContentSecurityPolicy(adminPath: string) {
  const folder = adminPath.endsWith('/') ? adminPath : `${adminPath}/`;
  return (ctx: RequestContext, next: () => Promise<unknown>): Promise<unknown> => {
    if (ctx.method === 'GET' && `${ctx.path}/`.startsWith(folder)) {
      const policy = ctx.response.get(HEADER);
      if (policy) ctx.set(HEADER, allowingWasm(policy));
    }
    return next();
  };
}

/** Adds `'wasm-unsafe-eval'` to the sources of scripts in a policy. */
export function allowingWasm(policy: string): string {
  const directives = policy.split(';').map((directive) => directive.trim());
  const scripts = directives.find((directive) => nameOf(directive) === 'script-src');
  if (scripts !== undefined) {
    return directives
      .map((directive) => (directive === scripts ? withWasm(directive) : directive))
      .join(';');
  }
  // Without `script-src`, `default-src` applies to scripts.
  const fallback = directives.find((directive) => nameOf(directive) === 'default-src');
  if (fallback === undefined) return policy;
  const sources = fallback.slice('default-src'.length);
  return [...directives, withWasm(`script-src${sources}`)].join(';');
}

function withWasm(directive: string): string {
  const sources = directive.split(/\s+/);
  if (sources.includes(WASM) || sources.includes("'unsafe-eval'")) return directive;
  // 'none' is valid only as the single source.
  return [...sources.filter((source) => source !== "'none'"), WASM].join(' ');
}

function nameOf(directive: string): string {
  return (directive.split(/\s+/)[0] ?? '').toLowerCase();
}
