import { hiddenTable } from '../hidden-table';

/**
 * The failed logins of users, one row a user.
 *
 * `record` is the core's own text. A writer names the version that it has read. The lock ends at
 * `lockedUntilMs`, in milliseconds since the Unix epoch; 0 without one.
 */
export default hiddenTable({
  collectionName: 'magic_session_login_limits',
  info: {
    singularName: 'login-limit',
    pluralName: 'login-limits',
    displayName: 'Failed logins of a user',
  },
  attributes: {
    userId: { type: 'integer', required: true },
    version: { type: 'integer', required: true },
    record: { type: 'text', private: true },
    lockedUntilMs: { type: 'biginteger', required: true },
    changedAtMs: { type: 'biginteger', required: true },
  },
  indexes: [
    { name: 'magic_session_login_limits_uq', columns: ['user_id'], type: 'unique' },
    { name: 'magic_session_login_limits_locked_ix', columns: ['locked_until_ms'] },
  ],
});
