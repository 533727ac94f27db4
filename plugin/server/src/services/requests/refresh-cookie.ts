import type { RequestContext, Strapi } from '../../strapi';

/** The cookie options of users-permissions; missing ones have its defaults. */
interface CookieSettings {
  name?: string;
  secure?: boolean;
  sameSite?: 'strict' | 'lax' | 'none';
  path?: string;
  domain?: string;
}

/** The attributes of a cookie, without its lifetime. */
export interface CookieAttributes {
  httpOnly: true;
  secure: boolean;
  sameSite: 'strict' | 'lax' | 'none';
  path: string;
  domain?: string;
}

/** The cookie in which users-permissions keeps a refresh token. */
export interface RefreshCookie {
  name: string;
  attributes: CookieAttributes;
}

/** Returns the name and the attributes that users-permissions gives the cookie. */
export function refreshCookieOf(strapi: Strapi): RefreshCookie {
  const settings = strapi.config.get<CookieSettings | undefined>(
    'plugin::users-permissions.sessions.cookie',
  );
  const { sameSite = 'lax', path = '/', domain } = settings ?? {};
  const secure =
    typeof settings?.secure === 'boolean' ? settings.secure : process.env.NODE_ENV === 'production';
  return {
    // users-permissions takes an empty name for none.
    name: settings?.name || 'strapi_up_refresh',
    attributes: { httpOnly: true, secure, sameSite, path, ...(domain !== undefined && { domain }) },
  };
}

/** Returns the refresh token in a request's cookie; its own signature proves it. */
export function refreshTokenInCookie(strapi: Strapi, ctx: RequestContext): string | undefined {
  return ctx.cookies.get(refreshCookieOf(strapi).name, { signed: false });
}

/**
 * Removes a cookie from a browser; a browser keeps one whose attributes differ.
 *
 * The attributes are those of users-permissions if the cookie is its own.
 */
export function dropCookie(strapi: Strapi, ctx: RequestContext, name: string): void {
  const refreshCookie = refreshCookieOf(strapi);
  if (name !== refreshCookie.name) {
    ctx.cookies.set(name, null, { signed: false });
    return;
  }
  const { secure, ...attributes } = refreshCookie.attributes;
  // Koa refuses to set a secure cookie over plain HTTP, where no browser has one.
  const options = { ...attributes, secure: secure && ctx.secure, overwrite: true };
  ctx.cookies.set(name, null, options);
}
