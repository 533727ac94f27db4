import type { Strapi } from '../strapi';

/** The cookie options of users-permissions; missing ones have its defaults. */
interface CookieSettings {
  name?: string;
  path?: string;
  domain?: string;
}

/** The used part of a request's cookies. */
export interface Cookies {
  get(name: string): string | undefined;
  set(name: string, value: null, options: object): void;
}

/** Deletes the refresh token's cookie in a browser that sent it. */
export function dropRefreshCookie(strapi: Strapi, cookies: Cookies): void {
  const settings = strapi.config.get<CookieSettings | undefined>(
    'plugin::users-permissions.sessions.cookie',
  );
  const { name = 'strapi_up_refresh', path = '/', domain } = settings ?? {};
  if (cookies.get(name) === undefined) return;
  cookies.set(name, null, { path, domain, httpOnly: true, overwrite: true });
}
