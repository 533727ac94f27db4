import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

/** Tells users how they are shown; it looks at the token itself, as code of apps does. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  async show(ctx: Context) {
    const { id } = await strapi.plugin('users-permissions').service('jwt').getToken(ctx);
    const name: string = await strapi.service('api::profile.profile').displayName(Number(id));
    ctx.body = { name };
  },
});
