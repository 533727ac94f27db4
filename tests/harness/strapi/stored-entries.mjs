import { DIALECT } from '../databases/dialect.mjs';

/**
 * Puts a number of logins of a user into a server's journal as if they had been noted some time ago,
 * in milliseconds before now, the first of them longest ago.
 */
export function storeLogins(server, count, { userId, ago }) {
  const oldest = Date.now() - ago;
  server.database.run(
    `INSERT INTO magic_session_journal
       (at_ms, what, actor_type, actor_id, session_id, user_id, why, ip)
     SELECT ${oldest} + i, 'session.created', 'user', ${userId}, ${DIALECT.id}, ${userId},
       'magic-link', ${DIALECT.name('203.0.113.')}
     FROM ${DIALECT.numbers(count)}`,
  );
}
