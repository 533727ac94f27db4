import { hiddenTable } from '../hidden-table';

/**
 * Notes which permission was given to which role of users-permissions, so that one an
 * administrator withdraws is not given again.
 *
 * A table of the plugin's own: users-permissions forgets the permissions of a plugin that is
 * switched off, and Strapi drops this table with it, so that switching it on gives them anew.
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
