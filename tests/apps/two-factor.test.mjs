import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const CODE = '123456';

inBothModes('An app that asks for a code after the password', (mode) => {
  let server;
  before(async () => {
    const config = { maxSessionsPerUser: 1 };
    server = await TestServer.start({ mode, config, env: { TEST_TWO_FACTOR: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Takes the first step of a login; `first` is the device that is logged in already. */
  async function firstStep() {
    const { username, json: first } = await server.users.register();
    const answer = await server.users.tryLogin(username);
    assertStatus(answer, 200);
    assert.deepEqual(Object.keys(answer.json), ['needsCode', 'ticket']);
    return { username, first, user: first.user, ticket: answer.json.ticket };
  }
  const secondStep = (way, ticket, code = CODE) =>
    server.request('POST', `/api/two-factor/${way}`, { body: { ticket, code } });
  const sessionsOf = ({ id }) => server.admin.sessionsOf(id);

  it('shows no session and evicts no device before the code', async () => {
    const { username, first, user, ticket } = await firstStep();
    for (let time = 0; time < 3; time += 1) {
      assertStatus(await server.users.tryLogin(username), 200);
    }
    assertStatus(await secondStep('kept', ticket, 'wrong'), 401);
    assertStatus(await server.users.me(first.jwt), 200);
    assert.deepEqual(
      (await sessionsOf(user)).map(({ method, state }) => [method, state]),
      [['register', 'active']],
    );
  });

  it('keeps the other device, however many first steps there are at once', async () => {
    const { username, first, user } = await firstStep();
    const steps = Array.from({ length: 10 }, () => server.users.tryLogin(username));
    for (const step of await Promise.all(steps)) assertStatus(step, 200);
    assertStatus(await server.users.me(first.jwt), 200);
    assert.equal((await sessionsOf(user)).length, 1);
  });

  for (const [way, method] of [
    ['kept', 'password'],
    ['issued', 'api'],
    ['confirmed', 'totp'],
  ]) {
    it(`begins a session by a token that is ${way}`, async () => {
      const { first, user, ticket } = await firstStep();
      const answer = await secondStep(way, ticket);
      assertStatus(answer, 200);
      const { jwt, refreshToken } = answer.json;
      assertStatus(await server.users.me(jwt), 200);
      assertRefused(await server.users.me(first.jwt), 'session_limit');
      const [session, evicted, ...others] = await sessionsOf(user);
      assert.equal(session.method, method);
      assert.equal(session.state, 'active');
      assert.equal(evicted.method, 'register');
      assert.equal(others.length, 0);
      if (!hasRefreshTokens(mode) || !refreshToken) return;
      const next = await server.users.refresh(refreshToken);
      assert.equal((await server.users.currentSession(next.jwt)).id, session.id);
    });
  }

  it('names the session of a confirmed login', async () => {
    const { ticket } = await firstStep();
    const { jwt, sessionId } = (await secondStep('confirmed', ticket)).json;
    assert.equal((await server.users.currentSession(jwt)).id, sessionId);
  });

  it('begins none once the sessions of the user were terminated', async () => {
    for (const way of ['kept', 'confirmed']) {
      const { user, ticket } = await firstStep();
      assertStatus(await server.admin.terminateAll(user.id), 200);
      const answer = await secondStep(way, ticket);
      if (way === 'kept') assertRefused(await server.users.me(answer.json.jwt), 'admin');
      else assertStatus(answer, 500);
      const states = (await sessionsOf(user)).map(({ state }) => state);
      assert.ok(
        states.every((state) => state === 'terminated'),
        `${way}: ${states}`,
      );
    }
  });
});

inBothModes('An app that asks for a code, without the plugin', (mode) => {
  it('logs in by the tokens that it kept', async () => {
    const env = { TEST_TWO_FACTOR: 'true', MAGIC_ENABLED: 'false' };
    const server = await TestServer.start({ mode, config: {}, env });
    try {
      const { username } = await server.users.register();
      const { ticket } = (await server.users.tryLogin(username)).json;
      const answer = await server.request('POST', '/api/two-factor/kept', {
        body: { ticket, code: CODE },
      });
      assertStatus(await server.users.me(answer.json.jwt), 200);
    } finally {
      await server.dispose();
    }
  });
});
