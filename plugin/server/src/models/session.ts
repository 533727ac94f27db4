import { defineModel } from './model';

/**
 * One signed-in device.
 *
 * Times are milliseconds since the Unix epoch, because time zones of databases and servers differ.
 */
export default defineModel({
  name: 'session',
  tableName: 'magic_sessionmanager_sessions',
  attributes: {
    sessionId: { type: 'string', required: true },
    userId: { type: 'integer', required: true },
    // An import gives ids to other users, but keeps document ids.
    userDocumentId: { type: 'string' },
    state: { type: 'string', required: true },
    reason: { type: 'string' },
    method: { type: 'string', required: true },
    loggedInAtMs: { type: 'biginteger', required: true },
    lastSeenAtMs: { type: 'biginteger', required: true },
    terminatedAtMs: { type: 'biginteger' },
    terminationId: { type: 'string' },
    keepUntilMs: { type: 'biginteger' },
    expiresAtMs: { type: 'biginteger' },
    knownRevocation: { type: 'biginteger' },
    passwordFingerprint: { type: 'string' },
    ip: { type: 'string' },
    userAgent: { type: 'text' },
    deviceType: { type: 'string' },
    browser: { type: 'string' },
    os: { type: 'string' },
    refreshToken: { type: 'text' },
    tokenRefusedAtMs: { type: 'biginteger' },
  },
  // Strapi ignores the column `id` when it reads the existing indexes on PostgreSQL and MySQL. It
  // would create an index that contains `id` again at each change of any table, or fail to start.
  indexes: [
    {
      name: 'magic_sessionmanager_sessions_session_id_uq',
      columns: ['session_id'],
      type: 'unique',
    },
    { name: 'magic_sessionmanager_sessions_user_id_ix', columns: ['user_id'] },
    { name: 'magic_sessionmanager_sessions_state_seen_ix', columns: ['state', 'last_seen_at_ms'] },
    { name: 'magic_sessionmanager_sessions_state_login_ix', columns: ['state', 'logged_in_at_ms'] },
    {
      name: 'magic_sessionmanager_sessions_state_expires_ix',
      columns: ['state', 'expires_at_ms'],
    },
    { name: 'magic_sessionmanager_sessions_terminated_ix', columns: ['terminated_at_ms', 'state'] },
    { name: 'magic_sessionmanager_sessions_last_seen_ix', columns: ['last_seen_at_ms'] },
    { name: 'magic_sessionmanager_sessions_logged_in_ix', columns: ['logged_in_at_ms'] },
    // Addresses lie far apart in it, so with other columns each change would write a page of its own.
    { name: 'magic_sessionmanager_sessions_ip_ix', columns: ['ip'] },
    {
      name: 'magic_sessionmanager_sessions_device_seen_ix',
      columns: ['device_type', 'last_seen_at_ms', 'state'],
    },
    {
      name: 'magic_sessionmanager_sessions_method_seen_ix',
      columns: ['method', 'last_seen_at_ms', 'state'],
    },
    { name: 'magic_sessionmanager_sessions_browser_ix', columns: ['browser'] },
    { name: 'magic_sessionmanager_sessions_os_ix', columns: ['os'] },
  ],
});
