import type { Strapi } from '../../strapi';

/** The claims of a token to issue. */
export type Payload = Record<string, unknown>;

/** The wrapped part of users-permissions' `jwt` service. */
export interface JwtService {
  /** Returns the token in legacy mode, a promise of it in refresh mode. */
  issue(payload: Payload, options?: object): string | Promise<string>;
  /**
   * Returns a promise of the payload. That of an app may return the payload itself, and may take more,
   * for instance a callback.
   */
  verify(token: string, ...others: unknown[]): unknown;
}

/** Returns the service as Strapi finds it now; an app may replace it. */
export function jwtServiceOf(strapi: Strapi): JwtService {
  return strapi.plugin('users-permissions').service('jwt');
}

/** Tells whether users-permissions issues refresh tokens. */
export function inRefreshMode(strapi: Strapi): boolean {
  const mode: string = strapi.config.get('plugin::users-permissions.jwtManagement', '');
  return mode === 'refresh';
}
