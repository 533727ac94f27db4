import type { Strapi } from '../../strapi';

/** A user as Strapi reads it for each request. */
export interface AuthenticatedUser {
  id: number;
  blocked: boolean | null;
  password?: string | null;
}

/** The used part of users-permissions' `user` service. */
export interface UserService {
  fetchAuthenticatedUser(id: number | string): Promise<AuthenticatedUser | null>;
  remove(condition: { id?: unknown }): Promise<unknown>;
  validatePassword(password: string, hash: string): Promise<boolean>;
}

/** Returns the service as Strapi finds it now; an app may replace it. */
export function userServiceOf(strapi: Strapi): UserService {
  return strapi.plugin('users-permissions').service<UserService>('user');
}
