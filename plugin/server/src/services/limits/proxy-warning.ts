import { PLUGIN_NAME, type RequestContext, type Strapi } from '../../strapi';

/** Looks at where a login comes from. */
export type ProxyWarning = (ctx: RequestContext) => void;

/**
 * Makes a warning, given once, that a proxy seems to stand before Strapi that Strapi is not told
 * of: then all clients have one address, and what locks one of them locks all.
 */
export function createProxyWarning(strapi: Strapi): ProxyWarning {
  let isGiven = false;
  return ({ app, request }) => {
    if (isGiven || app.proxy || request.headers['x-forwarded-for'] === undefined) return;
    isGiven = true;
    strapi.log.warn(
      `${PLUGIN_NAME}: a login came with X-Forwarded-For, which Strapi is not told to trust. If there is a proxy, set server.proxy in Strapi; otherwise all clients are one address, and failed logins of one of them hold up all.`,
    );
  };
}
