import { defineModel } from './model';

/**
 * The failed logins of users, one row a user.
 *
 * `record` is the core's own text. A writer names the version that it has read. The lock ends at
 * `lockedUntilMs`, in milliseconds since the Unix epoch; 0 without one.
 */
export default defineModel({
  name: 'login-limit',
  tableName: 'magic_sessionmanager_login_limits',
  attributes: {
    userId: { type: 'integer', required: true },
    version: { type: 'integer', required: true },
    record: { type: 'text' },
    lockedUntilMs: { type: 'biginteger', required: true },
    changedAtMs: { type: 'biginteger', required: true },
  },
  indexes: [
    { name: 'magic_sessionmanager_login_limits_uq', columns: ['user_id'], type: 'unique' },
    { name: 'magic_sessionmanager_login_limits_locked_ix', columns: ['locked_until_ms'] },
  ],
});
