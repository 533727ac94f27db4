import { DIALECT } from './dialect.mjs';

const DAY_MS = 24 * 60 * 60_000;

/** How long ago what is to be marked was last seen, and what is to be deleted ended. */
export const LONG_AGO_MS = 100 * DAY_MS;

/** Of ten sessions one is idle for long, one ended long ago, three ended lately, five go on. */
const KINDS = 10;

const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/131.0.0.0 Safari/537.36';

/**
 * Fills the tables with so many users, and sessions of theirs that are as large as a given one's.
 * Users are called crowd1, crowd2, …; the id of a user is the number beyond `firstUserId`.
 */
export function addCrowd(database, { sessions, users, like, nowMs = Date.now() }) {
  database.run(`INSERT INTO up_users (username, email, provider, confirmed, blocked)
    SELECT ${DIALECT.name('crowd')}, ${DIALECT.name('crowd@example.test')}, 'local', true, false
    FROM ${DIALECT.numbers(users)}`);
  const [{ first }] = database.rows(
    `SELECT min(id) AS first FROM up_users WHERE username LIKE 'crowd%'`,
  );
  const kind = `i % ${KINDS}`;
  const ended = `${kind} in (1, 2, 3, 4)`;
  const lately = `${nowMs} - 1000 * (i % 2000000)`;
  const longAgo = `${nowMs - LONG_AGO_MS} - i`;
  database.run(`INSERT INTO magic_sessions (session_id, user_id, state, reason, method,
      logged_in_at_ms, last_seen_at_ms, terminated_at_ms, ip, user_agent, device_type, browser, os,
      access_token, refresh_token)
    SELECT ${DIALECT.scatteredId}, ${first} + i % ${users},
      CASE WHEN ${ended} THEN 'terminated' WHEN ${kind} in (5, 6) THEN 'inactive' ELSE 'active' END,
      CASE WHEN ${ended} THEN 'logout' END, CASE WHEN i % 3 = 0 THEN 'register' ELSE 'password' END,
      CASE WHEN ${kind} in (0, 1) THEN ${longAgo} ELSE ${lately} END,
      CASE WHEN ${kind} in (0, 1) THEN ${longAgo} ELSE ${lately} END,
      CASE WHEN ${kind} = 1 THEN ${longAgo} WHEN ${ended} THEN ${lately} END,
      ${DIALECT.address}, '${AGENT}', CASE WHEN i % 1000 = 0 THEN 'tablet' ELSE 'desktop' END,
      CASE WHEN i % 1000 = 0 THEN 'Safari 18' ELSE 'Chrome 131' END, 'Windows 10',
      '${like.access_token}', '${like.refresh_token ?? like.access_token}'
    FROM ${DIALECT.numbers(sessions)}`);
}
