import { DEVICE_COOKIE, DEVICE_COOKIE_DAYS } from '../services/login-protection/known-places';
import type { RequestContext, Strapi } from '../strapi';

/** The cookie options of users-permissions; missing ones have its defaults. */
interface CookieSettings {
  secure?: boolean;
  sameSite?: 'strict' | 'lax' | 'none';
  path?: string;
  domain?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Adds the cookie that tells a browser to an answer, with the options of the refresh cookie. */
export function setDeviceCookie(strapi: Strapi, ctx: RequestContext, value: string): void {
  const settings = strapi.config.get<CookieSettings | undefined>(
    'plugin::users-permissions.sessions.cookie',
  );
  const { sameSite = 'lax', path = '/', domain } = settings ?? {};
  const secure = settings?.secure ?? process.env.NODE_ENV === 'production';
  // A production server over plain HTTP cannot set it, and need not fail for that.
  if (secure && !ctx.secure) return;
  const lifetime = { maxAge: DEVICE_COOKIE_DAYS * DAY_MS, overwrite: true, signed: false };
  ctx.cookies.set(DEVICE_COOKIE, value, {
    httpOnly: true,
    secure,
    sameSite,
    path,
    ...(domain !== undefined && { domain }),
    ...lifetime,
  });
}
