import type { Strapi } from '../../strapi';

/** The claims of a token to be issued. */
export type Payload = Record<string, unknown>;

/** The part of users-permissions' `jwt` service that is wrapped. */
export interface JwtService {
  /** Gives the token itself in legacy mode, a promise of it in refresh mode. */
  issue(payload: Payload, options?: object): string | Promise<string>;
  verify(token: string): Promise<unknown>;
}

/** Says whether users-permissions issues refresh tokens. */
export function inRefreshMode(strapi: Strapi): boolean {
  const mode: string = strapi.config.get('plugin::users-permissions.jwtManagement', '');
  return mode === 'refresh';
}
