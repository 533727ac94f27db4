import { hiddenTable } from '../hidden-table';

/**
 * The permissions that were granted to roles of users-permissions.
 *
 * A permission that an administrator revokes is not granted again. If the plugin is disabled,
 * users-permissions deletes its permissions and Strapi drops this table. Enabling the plugin then
 * grants them again.
 */
export default hiddenTable({
  collectionName: 'magic_session_grants',
  info: {
    singularName: 'grant',
    pluralName: 'grants',
    displayName: 'Session permission given',
  },
  attributes: {
    roleId: { type: 'integer', required: true },
    action: { type: 'string', required: true },
  },
  indexes: [{ name: 'magic_session_grants_uq', columns: ['role_id', 'action'], type: 'unique' }],
});
