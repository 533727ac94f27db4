import { defineModel } from './model';

/**
 * The not-before instants and the newest revocations of users, and of everyone (user id 0).
 *
 * Sessions that began before the instant are terminated, and sessions whose login did not know of
 * the revocation. The row with the user id -1 counts the revocations, and that with -2 the changes of
 * users, roles, permissions and settings. Times are milliseconds since the Unix epoch.
 */
export default defineModel({
  name: 'not-before',
  tableName: 'magic_sessionmanager_not_befores',
  attributes: {
    userId: { type: 'integer', required: true },
    atMs: { type: 'biginteger', required: true },
    reason: { type: 'string', required: true },
    revocation: { type: 'biginteger' },
    revocationReason: { type: 'string' },
    writtenAtMs: { type: 'biginteger', required: true },
  },
  indexes: [
    { name: 'magic_sessionmanager_not_befores_uq', columns: ['user_id'], type: 'unique' },
    { name: 'magic_sessionmanager_not_befores_written_ix', columns: ['written_at_ms'] },
  ],
});
