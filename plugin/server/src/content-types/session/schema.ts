import { hiddenTable } from '../hidden-table';

/**
 * One signed-in device.
 *
 * Times are milliseconds since the Unix epoch, because time zones of databases and servers differ.
 */
export default hiddenTable({
  collectionName: 'magic_sessions',
  info: {
    singularName: 'session',
    pluralName: 'sessions',
    displayName: 'Session',
  },
  attributes: {
    sessionId: { type: 'string', required: true },
    userId: { type: 'integer', required: true },
    state: { type: 'string', required: true },
    reason: { type: 'string' },
    method: { type: 'string', required: true },
    loggedInAtMs: { type: 'biginteger', required: true },
    lastSeenAtMs: { type: 'biginteger', required: true },
    terminatedAtMs: { type: 'biginteger' },
    terminationId: { type: 'string' },
    keepUntilMs: { type: 'biginteger' },
    knownRevocation: { type: 'biginteger' },
    passwordFingerprint: { type: 'string', private: true },
    ip: { type: 'string' },
    userAgent: { type: 'text' },
    deviceType: { type: 'string' },
    browser: { type: 'string' },
    os: { type: 'string' },
    // Earlier versions stored access tokens here, and may still run beside this one.
    accessToken: { type: 'text', private: true },
    refreshToken: { type: 'text', private: true },
    tokenRefusedAtMs: { type: 'biginteger' },
  },
  // Strapi ignores the column `id` when it reads the existing indexes on PostgreSQL and MySQL. It
  // would create an index that contains `id` again at each change of any table, or fail to start.
  indexes: [
    { name: 'magic_sessions_session_id_uq', columns: ['session_id'], type: 'unique' },
    { name: 'magic_sessions_user_id_ix', columns: ['user_id'] },
    { name: 'magic_sessions_state_seen_ix', columns: ['state', 'last_seen_at_ms'] },
    { name: 'magic_sessions_state_login_ix', columns: ['state', 'logged_in_at_ms'] },
    { name: 'magic_sessions_terminated_ix', columns: ['terminated_at_ms'] },
    { name: 'magic_sessions_last_seen_ix', columns: ['last_seen_at_ms'] },
    { name: 'magic_sessions_logged_in_ix', columns: ['logged_in_at_ms'] },
    { name: 'magic_sessions_ip_seen_ix', columns: ['ip', 'last_seen_at_ms'] },
    { name: 'magic_sessions_device_seen_ix', columns: ['device_type', 'last_seen_at_ms'] },
    { name: 'magic_sessions_method_seen_ix', columns: ['method', 'last_seen_at_ms'] },
    { name: 'magic_sessions_browser_ix', columns: ['browser'] },
    { name: 'magic_sessions_os_ix', columns: ['os'] },
  ],
});
