import assert from 'node:assert/strict';
import { until } from '../process/until.mjs';

const TABLE = 'magic_sessionmanager_sessions';

/** Every test is over by then. */
const LONG_MS = 60 * 60_000;

/** Real sessions of a server, whose rows a test reads, and ages behind Strapi's back. */
export class StoredSessions {
  #server;

  constructor(server) {
    this.#server = server;
  }

  /** Registers a user, and returns the login with the id of its session. */
  async begin() {
    return this.#withId(await this.#server.users.signUp());
  }

  /** Logs a user in again, likewise. */
  async logIn(user) {
    return this.#withId(await this.#server.users.login(user.username));
  }

  #withId(login) {
    return { ...login, sessionId: this.idsOf(login.user).at(-1) };
  }

  /** Lists the ids of a user's sessions, the oldest login first. */
  idsOf({ id }) {
    const sql = `SELECT session_id FROM ${TABLE} WHERE user_id = ${id} ORDER BY logged_in_at_ms, id`;
    return this.#server.database.rows(sql).map((row) => row.session_id);
  }

  /** Reads the row of every session, by id. Numbers are texts, whatever the driver makes of them. */
  rows() {
    const rows = this.#server.database.rows(`SELECT * FROM ${TABLE}`);
    return new Map(rows.map((row) => [row.session_id, textsOf(row)]));
  }

  change(sessionId, columns) {
    const changes = Object.entries(columns).map(([name, value]) => `${name} = ${literal(value)}`);
    this.#run(`UPDATE ${TABLE} SET ${changes} WHERE session_id = '${sessionId}'`);
  }

  /** Removes everything that tells of a session, as the end of the retention does. */
  remove({ sessionId, user }) {
    this.#run(`DELETE FROM ${TABLE} WHERE session_id = '${sessionId}'`);
    this.#run(`DELETE FROM magic_sessionmanager_rotations WHERE session_id = '${sessionId}'`);
    this.#run(`DELETE FROM strapi_sessions WHERE ${ofUser(user)}`);
  }

  /** Counts the rows by which Strapi knows the refresh tokens of a user. */
  familyOf(user) {
    const sql = `SELECT count(*) AS n FROM strapi_sessions WHERE ${ofUser(user)}`;
    return Number(this.#server.database.rows(sql)[0].n);
  }

  /** Calls a method of the service for an app's own code. */
  async service(method, ...args) {
    const body = { method, args };
    const answer = await this.#server.request('POST', '/api/account/0/sessionsService', { body });
    assert.equal(answer.status, 200, answer.text);
    return answer.json.result;
  }

  /** Keeps every clean-up away until `letCleanUp`, as another instance at work does. */
  async holdCleanUp() {
    await until('no clean-up is under way', () => {
      const untilMs = Date.now() + LONG_MS;
      this.#run(
        `UPDATE magic_sessionmanager_jobs SET holder = 'test', held_until_ms = ${untilMs}
         WHERE holder = ''`,
      );
      const sql = `SELECT count(*) AS n FROM magic_sessionmanager_jobs WHERE holder = 'test'`;
      return Number(this.#server.database.rows(sql)[0].n) === 1;
    });
  }

  letCleanUp() {
    this.#run(
      `UPDATE magic_sessionmanager_jobs SET holder = '', held_until_ms = 0 WHERE holder = 'test'`,
    );
  }

  /** Waits until the requests so far are stored: times are written in the order of the requests. */
  async settle({ jwt, sessionId }) {
    const sentAtMs = Date.now();
    assert.equal((await this.#server.users.me(jwt)).status, 200);
    const isStored = () => Number(this.rows().get(sessionId).last_seen_at_ms) >= sentAtMs;
    await until('the last request is stored', isStored);
  }

  #run(sql) {
    this.#server.database.run(sql);
  }
}

/** Reads a row as the core takes a session. The table stores one time for "seen" and "touched". */
export function snapshotOf(row) {
  if (row === undefined) return undefined;
  const isTerminated = row.state === 'terminated';
  return {
    state: row.state,
    loggedInAtMs: Number(row.logged_in_at_ms),
    lastSeenAtMs: Number(row.last_seen_at_ms),
    lastTouchedAtMs: Number(row.last_seen_at_ms),
    terminatedAtMs: isTerminated ? Number(row.terminated_at_ms) : null,
    reason: row.reason,
  };
}

function ofUser({ id }) {
  return `user_id = '${id}' AND origin = 'users-permissions'`;
}

function literal(value) {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function textsOf(row) {
  const text = (value) => (value === null ? null : String(value));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)]));
}
