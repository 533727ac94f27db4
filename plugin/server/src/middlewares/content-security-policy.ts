import type { RequestContext } from '../strapi';

const HEADER = 'Content-Security-Policy';
const WASM = "'wasm-unsafe-eval'";

/**
 * Lets the admin's pages compile WebAssembly: Strapi's content security policy forbids it, and the
 * settings page checks its values with the core.
 *
 * Only the policy of pages under the admin's path is amended, and only by this one word; without a
 * policy there is nothing to amend.
 *
 * @param adminPath Where the admin is served, such as `/admin`.
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

/** Adds the permission to compile WebAssembly to a policy, and nothing else. */
export function allowingWasm(policy: string): string {
  const directives = policy.split(';').map((directive) => directive.trim());
  const scripts = directives.find((directive) => nameOf(directive) === 'script-src');
  if (scripts !== undefined) {
    return directives
      .map((directive) => (directive === scripts ? withWasm(directive) : directive))
      .join(';');
  }
  // Without its own directive, scripts go by the default one.
  const fallback = directives.find((directive) => nameOf(directive) === 'default-src');
  if (fallback === undefined) return policy;
  const sources = fallback.slice('default-src'.length);
  return [...directives, withWasm(`script-src${sources}`)].join(';');
}

function withWasm(directive: string): string {
  const sources = directive.split(/\s+/);
  if (sources.includes(WASM) || sources.includes("'unsafe-eval'")) return directive;
  // 'none' counts only where it stands alone.
  return [...sources.filter((source) => source !== "'none'"), WASM].join(' ');
}

function nameOf(directive: string): string {
  return (directive.split(/\s+/)[0] ?? '').toLowerCase();
}
