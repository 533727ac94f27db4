import type { Strapi } from '../strapi';

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

const WRAPPED = Symbol.for('magic-sessionmanager.wrapped');

/** Replaces a method of an object by what `wrap` makes of it; a second time changes nothing. */
export function once<T extends object, K extends keyof T>(
  target: T,
  name: K,
  wrap: (original: T[K]) => T[K],
): void {
  const method = target[name];
  if (typeof method !== 'function' || WRAPPED in method) return;
  // A method bound to its object is still that method.
  const bound = method.bind(target) as T[K];
  target[name] = Object.assign(wrap(bound) as T[K] & object, { [WRAPPED]: true });
}
