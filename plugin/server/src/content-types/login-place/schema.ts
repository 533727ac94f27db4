import { hiddenTable } from '../hidden-table';

/**
 * The places at which users have logged in: networks, and browsers with a device cookie.
 *
 * A row has a fingerprint of the place under the app's key, never the place. Times are milliseconds
 * since the Unix epoch.
 */
export default hiddenTable({
  collectionName: 'magic_session_login_places',
  info: {
    singularName: 'login-place',
    pluralName: 'login-places',
    displayName: 'Place at which a user has logged in',
  },
  attributes: {
    userId: { type: 'integer', required: true },
    place: { type: 'string', required: true, private: true },
    lastLoginAtMs: { type: 'biginteger', required: true },
  },
  indexes: [
    { name: 'magic_session_login_places_uq', columns: ['user_id', 'place'], type: 'unique' },
    { name: 'magic_session_login_places_login_ix', columns: ['last_login_at_ms'] },
  ],
});
