import type { Core as StrapiCore } from '@strapi/strapi';

/** The running Strapi application. */
export type Strapi = StrapiCore.Strapi;

/** The Koa context of one HTTP request. */
export type RequestContext = NonNullable<ReturnType<Strapi['requestContext']['get']>>;

/** The plugin's name in Strapi. */
export const PLUGIN_NAME = 'magic-sessionmanager';

/** The content type of users. */
export const USER_MODEL = 'plugin::users-permissions.user';

/** The content type of users' roles. */
export const ROLE_MODEL = 'plugin::users-permissions.role';

/** The content type of the permissions of users' roles. */
export const PERMISSION_MODEL = 'plugin::users-permissions.permission';

/** Strapi's own session table (refresh mode, Strapi 5.24 and later). */
export const STRAPI_SESSION_MODEL = 'admin::session';

/** The origin of users-permissions in Strapi's own session table. */
export const USERS_ORIGIN = 'users-permissions';
