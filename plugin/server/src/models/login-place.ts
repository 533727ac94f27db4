import { defineModel } from './model';

/**
 * The places at which users have logged in: networks, and browsers with a device cookie.
 *
 * A row has a fingerprint of the place under the app's key, never the place. Times are milliseconds
 * since the Unix epoch.
 */
export default defineModel({
  name: 'login-place',
  tableName: 'magic_sessionmanager_login_places',
  attributes: {
    userId: { type: 'integer', required: true },
    place: { type: 'string', required: true },
    lastLoginAtMs: { type: 'biginteger', required: true },
  },
  indexes: [
    { name: 'magic_sessionmanager_login_places_uq', columns: ['user_id', 'place'], type: 'unique' },
    { name: 'magic_sessionmanager_login_places_login_ix', columns: ['last_login_at_ms'] },
  ],
});
