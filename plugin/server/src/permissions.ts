import { PLUGIN_NAME, type Strapi } from './strapi';

/** The permissions of administrators' roles. */
export const PERMISSIONS = {
  read: `plugin::${PLUGIN_NAME}.read`,
  terminate: `plugin::${PLUGIN_NAME}.terminate`,
  block: `plugin::${PLUGIN_NAME}.block`,
  settings: `plugin::${PLUGIN_NAME}.settings`,
} as const;

/** The used part of Strapi's admin, which registers permissions. */
interface PermissionService {
  actionProvider: { registerMany(actions: object[]): Promise<void> };
}

/** Registers the permissions for the editor of administrators' roles. */
export async function registerPermissions(strapi: Strapi): Promise<void> {
  // Strapi gives every service the same type.
  const permissions = strapi.service('admin::permission') as unknown as PermissionService;
  const common = { section: 'plugins', pluginName: PLUGIN_NAME };
  await permissions.actionProvider.registerMany([
    { ...common, displayName: 'See sessions', uid: 'read' },
    { ...common, displayName: 'Terminate sessions', uid: 'terminate' },
    { ...common, displayName: 'Block users', uid: 'block' },
    { ...common, displayName: 'Change settings', uid: 'settings' },
  ]);
}

/** The permission of users' roles for the whole content API. */
export const USER_ACTION = `plugin::${PLUGIN_NAME}.my-session.find`;
