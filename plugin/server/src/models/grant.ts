import { defineModel } from './model';

/**
 * The permissions that were granted to roles of users-permissions.
 *
 * A permission that an administrator revokes is not granted again. If the plugin is disabled,
 * users-permissions deletes its permissions and Strapi drops this table. Enabling the plugin then
 * grants them again.
 */
export default defineModel({
  name: 'grant',
  tableName: 'magic_sessionmanager_grants',
  attributes: {
    roleId: { type: 'integer', required: true },
    action: { type: 'string', required: true },
  },
  indexes: [
    { name: 'magic_sessionmanager_grants_uq', columns: ['role_id', 'action'], type: 'unique' },
  ],
});
