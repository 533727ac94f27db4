import { DIALECT } from '../databases/dialect.mjs';

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
    `INSERT INTO magic_sessions
       (session_id, user_id, state, reason, method, logged_in_at_ms, last_seen_at_ms,
        terminated_at_ms, ip, device_type, browser, os)
     SELECT ${DIALECT.id}, ${userId}, '${state}', ${terminatedAgo === null ? 'NULL' : "'logout'"},
       'password', ${now - loggedInAgo}, ${now - lastSeenAgo}, ${ended},
       ${DIALECT.address}, 'desktop', 'Chrome 131', 'Windows 10'
     FROM ${DIALECT.numbers(counter)} WHERE i > ${first}`,
  );
}
