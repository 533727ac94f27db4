import { PLUGIN_NAME, type Strapi } from './strapi';

/** What an administrator's role may be given. */
export const PERMISSIONS = {
  read: `plugin::${PLUGIN_NAME}.read`,
  terminate: `plugin::${PLUGIN_NAME}.terminate`,
  settings: `plugin::${PLUGIN_NAME}.settings`,
} as const;

/** The part of Strapi's admin that registers permissions. */
interface PermissionService {
  actionProvider: { registerMany(actions: object[]): Promise<void> };
}

/** Lists the permissions in the editor of administrators' roles. */
export async function registerPermissions(strapi: Strapi): Promise<void> {
  // Strapi types every service alike.
  const permissions = strapi.service('admin::permission') as unknown as PermissionService;
  const common = { section: 'plugins', pluginName: PLUGIN_NAME };
  await permissions.actionProvider.registerMany([
    { ...common, displayName: 'See sessions', uid: 'read' },
    { ...common, displayName: 'Terminate sessions', uid: 'terminate' },
    { ...common, displayName: 'Change settings', uid: 'settings' },
  ]);
}

/** What a role of users may be given in users-permissions: the content API, all of it. */
export const USER_ACTION = `plugin::${PLUGIN_NAME}.my-session.find`;
