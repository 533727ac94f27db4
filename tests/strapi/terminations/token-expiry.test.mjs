import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { until } from '../../harness/process/until.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const DAY_S = 86_400;
const HOUR_MS = 3_600_000;
/** A lifetime of tokens that a test waits for. */
const SHORT_S = 4;

/** Lifetimes of tokens in both modes. */
const tokensOf = (seconds) => ({
  UP_JWT_EXPIRES_IN: `${seconds}s`,
  UP_ACCESS_TOKEN_SECONDS: String(Math.min(seconds, 600)),
  UP_REFRESH_TOKEN_SECONDS: String(seconds),
});

/** The instant at which the last token of a login expires, in Unix milliseconds. */
const expiryOf = ({ jwt, refreshToken }) => payloadOf(refreshToken ?? jwt).exp * 1000;

const liveOf = async (server, { id }) =>
  (await server.admin.sessionsOf(id)).filter(({ state }) => state !== 'terminated');

inBothModes('A session whose tokens run out', (mode) => {
  let server;
  before(async () => {
    const config = { maxSessionsPerUser: 1, onLimit: 'deny-new' };
    server = await TestServer.start({ mode, config, env: tokensOf(SHORT_S) });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('locks nobody out, and ends by itself', async () => {
    const { username, json } = await server.users.register();
    assertStatus(await server.users.tryLogin(username), 403);
    await until('the tokens have run out', () => Date.now() > expiryOf(json) + 1000);
    const next = await server.users.tryLogin(username);
    assertStatus(next, 200);
    await server.admin.cleanUp();
    const ended = (await server.admin.sessionsOf(json.user.id)).at(-1);
    assert.equal(ended.state, 'terminated');
    assert.equal(ended.reason, 'expired');
    assert.equal(ended.expiresAt, null);
  });
});

inBothModes('The list of sessions', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: tokensOf(DAY_S) });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('says when a session ends with its tokens', async () => {
    const login = await server.users.signUp();
    const [session] = await server.admin.sessionsOf(login.user.id);
    assert.equal(Date.parse(session.expiresAt), expiryOf(login));
    const [own] = await server.users.sessions(login.jwt);
    assert.equal(own.expiresAt, session.expiresAt);
  });

  it('says when a session ends at the absolute timeout, if that is earlier', async () => {
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: HOUR_MS }), 200);
    const { user } = await server.users.signUp();
    const [session] = await server.admin.sessionsOf(user.id);
    const lifetimeMs = Date.parse(session.expiresAt) - Date.parse(session.loggedInAt);
    assert.equal(lifetimeMs, HOUR_MS);
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: 'token' }), 200);
    const [followed] = await server.admin.sessionsOf(user.id);
    assert.ok(Date.parse(followed.expiresAt) > Date.parse(session.expiresAt));
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: null }), 200);
  });
});

/** The app renews by the access token alone, also by an expired one. */
describe('A session that an app renews by its expired token', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ env: tokensOf(DAY_S) });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Logs a user in, and moves the expiry of token and session to the past. */
  async function runOut() {
    const { jwt, user } = await server.users.signUp();
    const { iat, exp: _exp, ...claims } = payloadOf(jwt);
    const expired = sign({ ...claims, iat: iat - DAY_S, exp: iat - 1 }, TEST_SECRETS.JWT_SECRET);
    server.database
      .run(`UPDATE magic_sessionmanager_sessions SET expires_at_ms = ${(iat - 1) * 1000}
      WHERE user_id = ${user.id}`);
    await server.admin.cleanUp();
    const [ended] = await server.admin.sessionsOf(user.id);
    assert.equal(ended.reason, 'expired');
    return { user, expired, ended };
  }
  const renew = (token, { id }) =>
    server.request('POST', `/api/issuer/${id}/plain`, { body: { token } });

  it('goes on in one session with the login time of the first', async () => {
    const { user, expired, ended } = await runOut();
    const atOnce = await Promise.all([1, 2, 3, 4].map(() => renew(expired, user)));
    const renewals = [...atOnce, await renew(expired, user)];
    for (const answer of renewals) {
      assertStatus(answer, 200);
      assertStatus(await server.users.me(answer.json.jwt), 200);
    }
    const [session, ...others] = await liveOf(server, user);
    assert.equal(others.length, 0);
    assert.notEqual(session.id, ended.id);
    assert.equal(session.loggedInAt, ended.loggedInAt);
    assert.equal(session.method, ended.method);
    const lastExpiry = Math.max(...renewals.map(({ json }) => expiryOf(json)));
    assert.equal(Date.parse(session.expiresAt), lastExpiry);
  });

  it('is renewed no more once the session that went on from it is terminated', async () => {
    const { user, expired } = await runOut();
    const { jwt } = (await renew(expired, user)).json;
    assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
    assertRefused(await renew(expired, user), 'logout');
    assert.equal((await liveOf(server, user)).length, 0);
  });

  it('is renewed no more once all sessions of its user are terminated', async () => {
    const { user, expired } = await runOut();
    assertStatus(await server.admin.terminateAll(user.id), 200);
    assertStatus(await renew(expired, user), 401);
    assert.equal((await liveOf(server, user)).length, 0);
  });

  it('is renewed no more with another password, or after the absolute timeout', async () => {
    const [changed, old] = [await runOut(), await runOut()];
    server.database.run(`UPDATE up_users SET password = 'another' WHERE id = ${changed.user.id}`);
    server.database.run(`UPDATE magic_sessionmanager_sessions
      SET logged_in_at_ms = logged_in_at_ms - ${31 * DAY_S * 1000} WHERE user_id = ${old.user.id}`);
    for (const { user, expired } of [changed, old]) {
      assertRefused(await renew(expired, user), 'expired');
      assert.equal((await liveOf(server, user)).length, 0);
    }
  });
});

describe('A session whose refresh token is exchanged', () => {
  let server;
  before(async () => {
    const env = {
      UP_ACCESS_TOKEN_SECONDS: '60',
      UP_REFRESH_TOKEN_SECONDS: '600',
      UP_REFRESH_FAMILY_SECONDS: '601',
    };
    server = await TestServer.start({ mode: 'refresh', env });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('ends with the new token, and at the end of the family at the latest', async () => {
    const first = await server.users.signUp();
    const expiry = async () => Date.parse((await liveOf(server, first.user))[0].expiresAt);
    const before = await expiry();
    assert.equal(before, expiryOf(first));
    let pair = first;
    await until('an exchange moves it', async () => {
      pair = await server.users.refresh(pair.refreshToken);
      return expiryOf(pair) > before + 2000;
    });
    const moved = await expiry();
    assert.ok(moved > before);
    assert.ok(moved < expiryOf(pair), 'it outlives the family');
  });
});

describe("A session with absoluteTimeout: 'token'", () => {
  it('goes on as long as its token does', async () => {
    const config = { absoluteTimeout: 'token' };
    const env = { UP_JWT_EXPIRES_IN: '60d' };
    const server = await TestServer.start({ config, env });
    try {
      await server.admin.register();
      const { jwt, user } = await server.users.signUp();
      await server.stop();
      server.database.run(
        `UPDATE magic_sessionmanager_sessions SET logged_in_at_ms = logged_in_at_ms - ${45 * DAY_S * 1000}`,
      );
      server.database.close();
      await server.boot();
      assert.doesNotMatch(server.log, /tokens live for/);
      assertStatus(await server.users.me(jwt), 200);
      const [session] = await server.admin.sessionsOf(user.id);
      assert.equal(Date.parse(session.expiresAt), payloadOf(jwt).exp * 1000);
    } finally {
      await server.dispose();
    }
  });
});

inBothModes('A start with tokens that outlive their sessions', (mode) => {
  it('says so in one line', async () => {
    const env = { ...tokensOf(90 * DAY_S), UP_REFRESH_FAMILY_SECONDS: String(90 * DAY_S) };
    const server = await TestServer.start({ mode, env });
    try {
      const lines = server.log.split('\n').filter((line) => line.includes('absoluteTimeout'));
      assert.equal(lines.length, 1, server.log);
      assert.match(lines[0], /tokens live for 90 days, .* after 30 days/);
    } finally {
      await server.dispose();
    }
  });

  it('is silent by default', async () => {
    const server = await TestServer.start({ mode });
    try {
      assert.doesNotMatch(server.log, /tokens live for/);
    } finally {
      await server.dispose();
    }
  });
});
