let counter = 0;

/**
 * Puts a number of sessions into a server's database as if they had a past; the times are
 * milliseconds before now, and a session ends only if `terminatedAgo` says so.
 */
export function storeSessions(
  server,
  count,
  { userId = 1, state = 'active', loggedInAgo, lastSeenAgo, terminatedAgo = null },
) {
  const now = Date.now();
  const first = counter;
  counter += count;
  const ended = terminatedAgo === null ? 'NULL' : String(now - terminatedAgo);
  server.database.run(
    `WITH RECURSIVE n(i) AS (SELECT ${first + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${counter})
     INSERT INTO magic_sessions
       (session_id, user_id, state, reason, method, logged_in_at_ms, last_seen_at_ms,
        terminated_at_ms, ip, device_type, browser, os)
     SELECT printf('%032x', i), ${userId}, '${state}', ${terminatedAgo === null ? 'NULL' : "'logout'"},
       'password', ${now - loggedInAgo}, ${now - lastSeenAgo}, ${ended},
       '203.0.113.' || (i % 250), 'desktop', 'Chrome 131', 'Windows 10'
     FROM n`,
  );
}
