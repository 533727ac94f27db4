import { defineModel } from './model';

/**
 * The permissions that were granted to roles of users-permissions.
 *
 * A permission that an administrator withdraws is not granted again. One that is lost is: an import
 * replaces all permissions, and users-permissions deletes those of a plugin that is switched off.
 */
export default defineModel({
  name: 'grant',
  tableName: 'magic_sessionmanager_grants',
  attributes: {
    roleId: { type: 'integer', required: true },
    action: { type: 'string', required: true },
    withdrawn: { type: 'boolean' },
  },
  indexes: [
    { name: 'magic_sessionmanager_grants_uq', columns: ['role_id', 'action'], type: 'unique' },
  ],
});
