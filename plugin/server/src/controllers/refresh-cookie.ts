import type { Strapi } from '../strapi';

/** What users-permissions is told of its cookie; its own defaults stand where nothing is said. */
interface CookieSettings {
  name?: string;
  path?: string;
  domain?: string;
}

/** The cookies of a request, as far as they matter here. */
export interface Cookies {
  get(name: string): string | undefined;
  set(name: string, value: null, options: object): void;
}

/** Takes the refresh token's cookie back from a browser that sent it. */
export function dropRefreshCookie(strapi: Strapi, cookies: Cookies): void {
  const settings = strapi.config.get<CookieSettings | undefined>(
    'plugin::users-permissions.sessions.cookie',
  );
  const { name = 'strapi_up_refresh', path = '/', domain } = settings ?? {};
  if (cookies.get(name) === undefined) return;
  cookies.set(name, null, { path, domain, httpOnly: true, overwrite: true });
}
