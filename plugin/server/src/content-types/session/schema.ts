import { hiddenTable } from '../hidden-table';

/**
 * One signed-in device. Times are milliseconds since the Unix epoch, so that no database's or
 * server's time zone can move them.
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
    keepUntilMs: { type: 'biginteger' },
    ip: { type: 'string' },
    userAgent: { type: 'text' },
    deviceType: { type: 'string' },
    browser: { type: 'string' },
    os: { type: 'string' },
    accessToken: { type: 'text', private: true },
    refreshToken: { type: 'text', private: true },
  },
  // Strapi overlooks the column `id` when it reads which indexes there are on PostgreSQL and MySQL: an
  // index that names it would be made anew at each change of any table of the app, or stop its boot.
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
