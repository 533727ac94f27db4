import type { Core as StrapiCore } from '@strapi/strapi';

/** The running Strapi application. */
export type Strapi = StrapiCore.Strapi;

/** One HTTP request as Strapi's Koa sees it. */
export type RequestContext = NonNullable<ReturnType<Strapi['requestContext']['get']>>;

/** The plugin's name as Strapi knows it. */
export const PLUGIN_NAME = 'magic-sessionmanager';

/** The origin under which users-permissions keeps its rows in Strapi's own session table. */
export const USERS_ORIGIN = 'users-permissions';
