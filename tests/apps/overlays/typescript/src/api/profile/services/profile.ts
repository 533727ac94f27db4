import type { Core } from '@strapi/strapi';

/** The name of a user as pages show it. */
export default ({ strapi }: { strapi: Core.Strapi }) => ({
  async displayName(id: number): Promise<string> {
    const user = await strapi.db.query('plugin::users-permissions.user').findOne({ where: { id } });
    return `${user.username} of ${strapi.config.get('info.name')}`;
  },
});
