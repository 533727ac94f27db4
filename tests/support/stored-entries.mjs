/**
 * Puts a number of logins of a user into a server's journal as if they had been noted some time ago,
 * in milliseconds before now, the first of them longest ago.
 */
export function storeLogins(server, count, { userId, ago }) {
  const oldest = Date.now() - ago;
  server.database.run(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
     INSERT INTO magic_session_journal
       (at_ms, what, actor_type, actor_id, session_id, user_id, why, ip)
     SELECT ${oldest} + i, 'session.created', 'user', ${userId}, printf('%032x', i), ${userId},
       'magic-link', '203.0.113.' || i
     FROM n`,
  );
}
