import { DEVICE_COOKIE, DEVICE_COOKIE_DAYS } from '../services/login-protection/known-places';
import { refreshCookieOf } from '../services/requests/refresh-cookie';
import type { RequestContext, Strapi } from '../strapi';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Adds the cookie that tells a browser to an answer, with the options of the refresh cookie. */
export function setDeviceCookie(strapi: Strapi, ctx: RequestContext, value: string): void {
  const { attributes } = refreshCookieOf(strapi);
  // A production server over plain HTTP cannot set it, and need not fail for that.
  if (attributes.secure && !ctx.secure) return;
  const lifetime = { maxAge: DEVICE_COOKIE_DAYS * DAY_MS, overwrite: true, signed: false };
  ctx.cookies.set(DEVICE_COOKIE, value, { ...attributes, ...lifetime });
}
