import { PLUGIN_NAME, type RequestContext, type Strapi } from '../../strapi';

/** Checks whether a login came through an untrusted proxy. */
export type ProxyWarning = (ctx: RequestContext) => void;

/**
 * Creates a check that warns once about a proxy that Strapi does not trust.
 *
 * Behind such a proxy all clients share one address, and a lock of one of them locks all.
 */
export function createProxyWarning(strapi: Strapi): ProxyWarning {
  let hasWarned = false;
  return ({ app, request }) => {
    if (hasWarned || app.proxy || request.headers['x-forwarded-for'] === undefined) return;
    hasWarned = true;
    strapi.log.warn(
      `${PLUGIN_NAME}: a login came with X-Forwarded-For, but Strapi does not trust proxies. Behind a proxy, set server.proxy in Strapi; otherwise all clients share one address, and failed logins of one client lock out all.`,
    );
  };
}
