import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const DAY_MS = 86_400_000;

/** Longer than the shortest answer that Strapi compresses. */
const LONG_ECHO = 'text '.repeat(1000);

inBothModes('Links of secrets to sessions', (mode) => {
  let server;
  before(async () => {
    const config = { terminatedRetentionDays: 0 };
    const env = { TEST_COMPRESSION: 'true' };
    server = await TestServer.start({ mode, config, env });
    await server.admin.register();
  });
  after(() => server.dispose());

  const logIn = (username, others = {}) => {
    const body = { identifier: username, password: PASSWORD, requestRefresh: true, ...others };
    return server.request('POST', '/api/auth/local', { body });
  };
  const refresh = (pluginToken) =>
    server.request('POST', '/api/auth/local/refresh', { body: { pluginToken } });
  const oneTimeCode = (body) => server.request('POST', '/api/refresh-token/one-time-code', body);
  const linksOf = (sessionId) =>
    server.database.rows(
      'SELECT * FROM magic_sessionmanager_links WHERE session_id = ?',
      sessionId,
    );

  /** Asks for a token by `fetch`, which reads compressed answers. */
  async function compressed(userId) {
    const url = `http://127.0.0.1:${server.port}/api/refresh-token/one-time-code`;
    const headers = { 'content-type': 'application/json', 'accept-encoding': 'gzip' };
    const body = JSON.stringify({ userId, echo: LONG_ECHO });
    const answer = await fetch(url, { method: 'POST', headers, body });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text };
  }

  /** Keeps links from being written while something is done. */
  async function withoutLinks(act) {
    server.database.run(
      'ALTER TABLE magic_sessionmanager_links RENAME TO magic_sessionmanager_links_away',
    );
    try {
      return await act();
    } finally {
      server.database.run(
        'ALTER TABLE magic_sessionmanager_links_away RENAME TO magic_sessionmanager_links',
      );
    }
  }

  it('go by the clean-up when their time is over, and outlive the record of the session', async () => {
    const { username } = await server.users.register();
    const [old, current] = [(await logIn(username)).json, (await logIn(username)).json];
    const ids = [];
    for (const { jwt } of [old, current]) ids.push((await server.users.currentSession(jwt)).id);
    const [oldId, currentId] = ids;
    for (const id of ids) {
      assertStatus(await server.admin.terminate(id), 200);
      assert.equal(linksOf(id).length, 1);
    }
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET terminated_at_ms = terminated_at_ms - ${DAY_MS}
       WHERE session_id IN ('${oldId}', '${currentId}')`,
    );
    server.database.run(
      `UPDATE magic_sessionmanager_links SET keep_until_ms = ${Date.now() - 1} WHERE session_id = '${oldId}'`,
    );
    await server.admin.cleanUp();
    for (const id of ids) assertStatus(await server.admin.session(id), 404);
    assert.equal(linksOf(oldId).length, 0);
    assert.equal(linksOf(currentId).length, 1);
    // The reason goes with the record, at the latest with the cache.
    assertStatus(await refresh(current.pluginToken), 401);
  });

  it('are read before an answer is compressed', async () => {
    const { user } = await server.users.signUp();
    const answer = await compressed(user.id);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-encoding'], 'gzip');
    const { jwt, pluginToken } = JSON.parse(answer.text);
    const { id } = await server.users.currentSession(jwt);
    const renewed = (await refresh(pluginToken)).json.jwt;
    assert.equal((await server.users.currentSession(renewed)).id, id);
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await refresh(pluginToken), 'admin');
  });

  describe('that cannot be written', () => {
    const assertWithheld = (answer) => {
      assertStatus(answer, 503);
      assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
      assert.equal(answer.headers['set-cookie'], undefined);
      assertNoToken(answer);
      assert.equal(JSON.parse(answer.text).error.status, 503);
    };

    it('keep the tokens of a login back', async () => {
      const { username } = await server.users.register();
      await withoutLinks(async () => {
        assertWithheld(await logIn(username));
        assertWithheld(await logIn(username, { inCookie: true }));
        const line = server.log.split('\n').findLast((text) => text.includes('error: magic-'));
        assert.match(line, /the secrets of a login could not be recorded/);
        assert.doesNotMatch(line, /insert into|eyJ/i);
      });
      assertStatus(await logIn(username), 200);
    });

    it('keep the tokens of a compressed answer back', async () => {
      const { user } = await server.users.signUp();
      const answer = await withoutLinks(() => compressed(user.id));
      assertWithheld(answer);
      assert.equal(answer.headers['content-encoding'], undefined);
    });

    it('keep the tokens of a plain answer back, and none that left counts for less', async () => {
      const { user } = await server.users.signUp();
      const body = { body: { userId: user.id } };
      const first = (await oneTimeCode(body)).json;
      const withheld = await withoutLinks(() => oneTimeCode(body));
      assertWithheld(withheld);
      assertStatus(await refresh(first.pluginToken), 200);
    });
  });
});
