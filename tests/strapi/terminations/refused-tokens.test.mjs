import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { STATEMENT_LOG } from '../../harness/sql/statement-log.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const HOUR_MS = 3_600_000;
const MANY = 200;
const REFUSED = 'session.token-refused';
const THIEF = { 'user-agent': 'a thief' };

/** The statement that decides which instance records a use. */
const CLAIM = /update \S*magic_sessionmanager_sessions\S set \Stoken_refused_at_ms\S/g;

inBothModes('A token of a terminated session', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: STATEMENT_LOG });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Signs a user up and gives the session's id along. */
  async function person() {
    const login = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(login.user.id);
    return { ...login, id };
  }

  const use = (jwt, headers = THIEF) =>
    server.request('GET', '/api/users/me', { bearer: jwt, headers });

  /** The recorded uses of a session's tokens, newest first. */
  async function usesOf(id) {
    const query = `filters[sessionId]=${id}&filters[what]=${REFUSED}`;
    return (await server.admin.journal(query)).json.data;
  }

  it('is recorded when it is used, with the reason, and from where', async () => {
    const { jwt, user, id } = await person();
    assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
    assertRefused(await use(jwt), 'logout');
    const [{ who, why, ip, userAgent, userId }, ...others] = await usesOf(id);
    assert.deepEqual(others, []);
    assert.deepEqual(who, { type: 'visitor', id: null, name: null });
    assert.deepEqual([why, ip, userAgent], ['logout', '127.0.0.1', 'a thief']);
    assert.equal(userId, user.id);
    const { history } = (await server.admin.session(id)).json.data;
    assert.equal(history[0].what, REFUSED);
  });

  it('is recorded once an hour, however often it is used, at the cost of one statement', async () => {
    const { jwt, id } = await person();
    assertStatus(await server.admin.terminate(id), 200);
    const claims = () => server.log.match(CLAIM)?.length ?? 0;
    const before = claims();
    const useOften = async () => {
      const answers = await Promise.all(Array.from({ length: MANY }, () => use(jwt)));
      for (const answer of answers) assertRefused(answer, 'admin');
    };
    await useOften();
    assert.equal((await usesOf(id)).length, 1);
    await useOften();
    assert.equal((await usesOf(id)).length, 1);
    assert.equal(claims() - before, 1);

    await server.restart();
    await server.admin.login();
    assertRefused(await use(jwt), 'admin');
    assert.equal((await usesOf(id)).length, 1, 'a restart forgets nothing');
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET token_refused_at_ms = token_refused_at_ms - ${HOUR_MS}
       WHERE session_id = '${id}'`,
    );
    await server.restart();
    await server.admin.login();
    await useOften();
    assert.equal((await usesOf(id)).length, 2, 'and an hour later it counts again');
  });

  it('is recorded for every reason but a timeout', async () => {
    const people = new Map();
    for (const reason of ['idle', 'expired', 'session_limit']) {
      const { jwt, id } = await person();
      people.set(reason, { jwt, id });
      const terminated = `state = 'terminated', terminated_at_ms = ${Date.now()}`;
      server.database.run(
        `UPDATE magic_sessionmanager_sessions SET ${terminated}, reason = '${reason}' WHERE session_id = '${id}'`,
      );
    }
    await server.restart();
    await server.admin.login();
    const recorded = [];
    for (const [reason, { jwt, id }] of people) {
      assertRefused(await use(jwt), reason);
      recorded.push(...(await usesOf(id)).map(({ why }) => why));
    }
    assert.deepEqual(recorded, ['session_limit']);
  });

  it('is recorded where the user is blocked or gone', async () => {
    const blocked = await person();
    assertStatus(await server.admin.block(blocked.user.id), 200);
    assertRefused(await use(blocked.jwt), 'user_blocked');
    const gone = await person();
    await server.admin.deleteUser(gone.user.id);
    assertRefused(await use(gone.jwt), 'user_deleted');
    assert.deepEqual(
      [...(await usesOf(blocked.id)), ...(await usesOf(gone.id))].map(({ why }) => why),
      ['user_blocked', 'user_deleted'],
    );
  });

  it('is not recorded if it is forged, and costs no claim', async () => {
    const { jwt, refreshToken, id } = await person();
    assertStatus(await server.admin.terminate(id), 200);
    const before = server.log.match(CLAIM)?.length ?? 0;
    const forged = (token) => {
      const [header, payload, signature] = token.split('.');
      return [header, payload, [...signature].reverse().join('')].join('.');
    };
    assertStatus(await use(forged(jwt)), 401);
    if (hasRefreshTokens(mode))
      assertStatus(await server.users.tryRefresh(forged(refreshToken)), 401);
    assert.deepEqual(await usesOf(id), []);
    assert.equal(server.log.match(CLAIM)?.length ?? 0, before);
  });

  it('is recorded in a transaction of the app that is rolled back', async () => {
    const { jwt, id } = await person();
    assertStatus(await server.admin.terminate(id), 200);
    const answer = await server.request('GET', `/api/observer/verify?token=${jwt}`);
    assert.ok(answer.status >= 400, answer.text);
    assert.equal((await usesOf(id)).length, 1);
  });

  if (hasRefreshTokens(mode)) {
    it('is recorded if it is a refresh token', async () => {
      const { refreshToken, jwt, id } = await person();
      assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
      assertRefused(await server.users.tryRefresh(refreshToken), 'logout');
      assert.deepEqual(
        (await usesOf(id)).map(({ why }) => why),
        ['logout'],
      );
    });

    it('is not recorded a second time if its second use terminates the session', async () => {
      const { refreshToken, id } = await person();
      const child = await server.users.refresh(refreshToken);
      assertStatus(await server.users.me(child.jwt), 200);
      assertRefused(await server.users.tryRefresh(refreshToken), 'refresh_reuse');
      assert.deepEqual(await usesOf(id), []);
      assertRefused(await use(child.jwt), 'refresh_reuse');
      assert.equal((await usesOf(id)).length, 1);
    });
  }
});
