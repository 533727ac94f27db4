import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { assertNoToken, assertStatus } from '../harness/clients/assertions.mjs';
import { TcpProxy } from '../harness/network/tcp-proxy.mjs';
import { until } from '../harness/process/until.mjs';
import { inBothModes } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const NEW = 'Better-Horse-2';

/** The statements by which a transaction is recognized. */
const WRITES = {
  session: /insert (ignore )?into .{1,40}magic_sessionmanager_sessions\b/i,
  rotation: /insert (ignore )?into .{1,40}magic_sessionmanager_rotations\b/i,
  revocation: /insert (ignore )?into .{1,40}magic_sessionmanager_not_befores\b/i,
  user: /update .{1,40}up_users\b/i,
  deletion: /delete from .{1,40}up_users\b/i,
};

/** The changes of a user that end the user's sessions, each by code that writes in a transaction. */
const CHANGES = [
  { name: 'a new password', way: 'service', body: { password: NEW }, write: WRITES.user },
  { name: 'a block', way: 'documents', body: { blocked: true }, write: WRITES.user },
  { name: 'a deletion', way: 'deleteDocuments', body: {}, write: WRITES.deletion },
];

const tests = (mode) => {
  let server;
  let way;
  before(async () => {
    server = await TestServer.prepare({ mode });
    await server.database.create();
    way = await TcpProxy.start(server.database.server.port);
    await server.boot({ DATABASE_PORT: String(way.port) });
    await server.admin.register();
  });
  after(async () => {
    await server.dispose();
    await way.dispose();
  });

  /** Does something while connections break at the COMMIT of transactions with a write. */
  async function breaking(write, act, options) {
    let broken = 0;
    const isDoomed = (sent) => write.test(sent) && (broken += 1) > 0;
    way.breakAt('COMMIT', isDoomed, options);
    try {
      return await act();
    } finally {
      way.heal();
      assert.ok(broken > 0, 'no COMMIT was broken');
    }
  }

  /** The announced terminations of a user's sessions, as the app hears of them. */
  const terminationsOf = async ({ id }) => {
    const { json } = await server.request('GET', '/api/observer/events');
    return json.filter(
      ({ name, session }) => name === 'session.terminated' && session.userId === id,
    );
  };

  const entriesOf = ({ id }) =>
    server.database.rows(
      `SELECT id FROM magic_sessionmanager_journal WHERE what = 'session.terminated' AND user_id = ?`,
      id,
    );

  const change = ({ id }, { way: by, body }) =>
    server.request('POST', `/api/account/${id}/${by}`, { body });

  for (const one of CHANGES) {
    it(`confirms no change and terminates nothing: ${one.name}`, async () => {
      const { jwt, user } = await server.users.signUp();
      const answer = await breaking(one.write, () => change(user, one));
      assertStatus(answer, 503);
      assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
      assertNoToken(answer);
      assertStatus(await server.users.me(jwt), 200);
      assertStatus(await server.users.tryLogin(user.username), 200);
      assertStatus(await change(user, one), 200);
      assertStatus(await server.users.me(jwt), 401);
    });

    it(`whose answer is lost confirms no change, and terminates all the same: ${one.name}`, async () => {
      const { jwt, user } = await server.users.signUp();
      const answer = await breaking(one.write, () => change(user, one), { afterIt: true });
      assertStatus(answer, 503);
      await until('the sessions are terminated', async () => {
        return (await server.users.me(jwt)).status === 401;
      });
      const isTold = async () => (await terminationsOf(user)).length > 0;
      await until('it is announced', isTold);
      await until('the journal tells of it', () => entriesOf(user).length > 0);
      assert.equal((await terminationsOf(user)).length, 1);
      assert.equal(entriesOf(user).length, 1);
      assertStatus(await server.users.tryLogin(user.username), 400);
    });
  }

  it('keeps no response waiting if the transaction cannot even begin', async () => {
    const { user } = await server.users.signUp();
    let broken = 0;
    way.breakAt('BEGIN', () => (broken += 1) > 0);
    const issued = server.request('POST', `/api/issuer/${user.id}/firstInTransaction`);
    await until('a BEGIN is broken', () => broken > 0);
    way.heal();
    const { status, json } = await issued;
    if (status === 200) assertStatus(await server.users.me(json.jwt), 401);
    else assert.ok(status >= 500, String(status));
  });

  if (mode === 'legacy-support') return;

  it('lets no token of a login leave', async () => {
    const { username } = await server.users.register();
    for (const options of [{}, { afterIt: true }]) {
      const login = () => server.users.tryLogin(username);
      const answer = await breaking(WRITES.session, login, options);
      assertStatus(answer, 503);
      assertNoToken(answer);
      assertStatus(await server.users.tryLogin(username), 200);
    }
  });

  it('lets no token of a refresh leave, which would be of no session', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const answer = await breaking(WRITES.rotation, () => server.users.tryRefresh(refreshToken));
    assert.ok(answer.status >= 500, answer.text);
    assertNoToken(answer);
    // Strapi has exchanged the token by then, so the user logs in again.
    assertStatus(await server.users.tryRefresh(refreshToken), 401);
    assert.equal((await server.admin.sessionsOf(user.id)).length, 1);
  });
};

// A file of SQLite has no connection that could break.
if (CLIENT !== 'sqlite') inBothModes('A commit that fails', tests);
