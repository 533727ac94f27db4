import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const from = (address, userAgent = BROWSER) => ({
  'x-forwarded-for': address,
  'user-agent': userAgent,
});
const HOME = from('192.0.2.7');
const ELSEWHERE = from('198.51.100.9');
const INTERCEPTORS = 5;
const ROUNDS = 3;
const MINUTE_MS = 60_000;

describe('A refresh token that parallel requests use', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: { TRUST_PROXY: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());
  beforeEach(() => choose('terminate'));

  const choose = async (onRefreshReuse) =>
    assertStatus(await server.admin.changeSettings({ onRefreshReuse }), 200);
  const stateOf = async (user) => {
    const [{ state, reason }] = await server.admin.sessionsOf(user.id);
    return reason ?? state;
  };
  const outcomesOf = async (user) => {
    const query = `filters[userId]=${user.id}&filters[what]=session.refresh-reused`;
    const { data } = (await server.admin.journal(query)).json;
    return data.map(({ why }) => why);
  };
  /** Makes every exchange older than the retry window. */
  const letWindowPass = () =>
    server.database.run(
      `UPDATE magic_sessionmanager_rotations SET rotated_at_ms = rotated_at_ms - ${MINUTE_MS}`,
    );

  /** The refresh token in a body, or in a cookie that scripts cannot read. */
  const FORMS = {
    body: {
      present: (token) => server.users.tryRefresh(token, HOME),
      tokenIn: (answer) => answer.json.refreshToken,
      begin: (login) => login.refreshToken,
    },
    cookie: {
      present: (cookie) =>
        server.request('POST', '/api/auth/refresh', {
          headers: { ...HOME, 'x-strapi-refresh-cookie': 'httpOnly', cookie },
          body: {},
        }),
      tokenIn: (answer) => {
        const kept = answer.headers['set-cookie'].map((cookie) => cookie.split(';')[0]);
        return kept.filter((cookie) => cookie.startsWith('strapi_up_refresh')).join('; ');
      },
      async begin(login) {
        const answer = await server.request('POST', '/api/auth/local', {
          headers: { ...HOME, 'x-strapi-refresh-cookie': 'httpOnly' },
          body: { identifier: login.user.username, password: PASSWORD },
        });
        return FORMS.cookie.tokenIn(answer);
      },
    },
  };

  for (const [form, { present, tokenIn, begin }] of Object.entries(FORMS)) {
    it(`logs nobody out, whichever of them comes last (in a ${form})`, async () => {
      const login = await server.users.signUp({ userAgent: BROWSER });
      let current = await begin(login);
      for (let round = 0; round < ROUNDS; round += 1) {
        const first = await present(current);
        assertStatus(first, 200);
        // The new tokens are in use before the others ask.
        assertStatus(await server.users.me(first.json.jwt, HOME), 200);
        const late = await Promise.all(
          Array.from({ length: INTERCEPTORS - 1 }, () => present(current)),
        );
        for (const answer of late) {
          assertStatus(answer, 200);
          assert.equal(tokenIn(answer), tokenIn(first));
          assertStatus(await server.users.me(answer.json.jwt, HOME), 200);
        }
        current = tokenIn(first);
      }
      assert.equal(await stateOf(login.user), 'active');
      assert.deepEqual(await outcomesOf(login.user), []);
    });
  }

  it('gives a late one the newest token, also when the child was exchanged as well', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, HOME);
    const grandchild = await server.users.refresh(child.refreshToken, HOME);
    assertStatus(await server.users.me(grandchild.jwt, HOME), 200);
    const late = await server.users.refresh(refreshToken, HOME);
    assert.equal(late.refreshToken, grandchild.refreshToken);
    assertStatus(await server.users.me(late.jwt, HOME), 200);
    assert.equal(await stateOf(user), 'active');
  });

  for (const [who, thief] of [
    ['another address', ELSEWHERE],
    ['another device at the same address', from('192.0.2.7', 'curl/8.0')],
    ['a client that names no device', { 'x-forwarded-for': '192.0.2.7' }],
  ]) {
    it(`terminates the session when it comes from ${who}`, async () => {
      const { refreshToken, user } = await server.users.signUp();
      const child = await server.users.refresh(refreshToken, HOME);
      assertStatus(await server.users.me(child.jwt, HOME), 200);
      const replay = await server.users.tryRefresh(refreshToken, thief);
      assertRefused(replay, 'refresh_reuse');
      assertNoToken(replay);
      assertRefused(await server.users.me(child.jwt, HOME), 'refresh_reuse');
      assert.equal(await stateOf(user), 'refresh_reuse');
      assert.deepEqual(await outcomesOf(user), ['terminated']);
    });
  }

  it('terminates the session of a thief who came first and used what he got', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const stolen = await server.users.refresh(refreshToken, ELSEWHERE);
    assertStatus(await server.users.me(stolen.jwt, ELSEWHERE), 200);
    assertStatus(await server.users.me(stolen.jwt, HOME), 200);
    assertRefused(await server.users.tryRefresh(refreshToken, HOME), 'refresh_reuse');
    assertRefused(await server.users.me(stolen.jwt, ELSEWHERE), 'refresh_reuse');
    assert.equal(await stateOf(user), 'refresh_reuse');
  });

  it('terminates the session when a later child was used elsewhere', async () => {
    const { refreshToken } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, HOME);
    const grandchild = await server.users.refresh(child.refreshToken, HOME);
    assertStatus(await server.users.me(grandchild.jwt, ELSEWHERE), 200);
    assertRefused(await server.users.tryRefresh(refreshToken, HOME), 'refresh_reuse');
  });

  it('counts an IPv6 address by its network of 64 bits', async () => {
    const { refreshToken } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, from('2001:db8:1:1::1'));
    assertStatus(await server.users.me(child.jwt, from('2001:db8:1:1::1')), 200);
    await server.users.refresh(refreshToken, from('2001:db8:1:1:ffff::2'));
    const other = await server.users.tryRefresh(refreshToken, from('2001:db8:1:2::1'));
    assertRefused(other, 'refresh_reuse');
  });

  it('terminates the session after the window, also from the same client', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, HOME);
    assertStatus(await server.users.me(child.jwt, HOME), 200);
    letWindowPass();
    assertRefused(await server.users.tryRefresh(refreshToken, HOME), 'refresh_reuse');
    assert.equal(await stateOf(user), 'refresh_reuse');
  });

  it('counts the window from the first exchange, however often the chain went on', async () => {
    const { refreshToken } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, HOME);
    letWindowPass();
    await server.users.refresh(child.refreshToken, HOME);
    assertRefused(await server.users.tryRefresh(refreshToken, HOME), 'refresh_reuse');
  });

  it('with "refuse" is refused alone, and the session stays', async () => {
    await choose('refuse');
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, HOME);
    assertStatus(await server.users.me(child.jwt, HOME), 200);
    for (let uses = 0; uses < 3; uses += 1) {
      const replay = await server.users.tryRefresh(refreshToken, ELSEWHERE);
      assertRefused(replay, 'refresh_superseded');
      assertNoToken(replay);
    }
    assertStatus(await server.users.me(child.jwt, HOME), 200);
    await server.users.refresh(refreshToken, HOME);
    letWindowPass();
    assertRefused(await server.users.tryRefresh(refreshToken, HOME), 'refresh_superseded');
    await server.users.refresh(child.refreshToken, HOME);
    assert.equal(await stateOf(user), 'active');
    assert.deepEqual(await outcomesOf(user), ['refused']);
  });

  it('with "tolerate" is answered within the window, and refused after it', async () => {
    await choose('tolerate');
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken, HOME);
    assertStatus(await server.users.me(child.jwt, HOME), 200);
    for (let uses = 0; uses < 3; uses += 1) {
      const again = await server.users.refresh(refreshToken, ELSEWHERE);
      assert.equal(again.refreshToken, child.refreshToken);
      assertStatus(await server.users.me(again.jwt, ELSEWHERE), 200);
    }
    assert.deepEqual(await outcomesOf(user), ['tolerated']);
    letWindowPass();
    assertRefused(await server.users.tryRefresh(refreshToken, HOME), 'refresh_superseded');
    assert.equal(await stateOf(user), 'active');
    assert.deepEqual(await outcomesOf(user), ['refused', 'tolerated']);
  });

  for (const [what, reason, terminate] of [
    ['a termination', 'admin', async ({ id }) => server.admin.terminate(id)],
    [
      'a change of password',
      'password_changed',
      ({ jwt }) =>
        server.request('POST', '/api/auth/change-password', {
          bearer: jwt,
          body: {
            currentPassword: PASSWORD,
            password: 'Better-Horse-2',
            passwordConfirmation: 'Better-Horse-2',
          },
        }),
    ],
  ]) {
    it(`with "tolerate" does not outlive ${what}`, async () => {
      await choose('tolerate');
      const { refreshToken, user } = await server.users.signUp();
      const { jwt, refreshToken: next } = await server.users.refresh(refreshToken, HOME);
      assertStatus(await server.users.me(jwt, HOME), 200);
      const [{ id }] = await server.admin.sessionsOf(user.id);
      assertStatus(await terminate({ id, jwt }), 200);
      for (const token of [refreshToken, next]) {
        const replay = await server.users.tryRefresh(token, HOME);
        assertRefused(replay, reason);
        assertNoToken(replay);
      }
      assertRefused(await server.users.me(jwt, HOME), reason);
    });
  }
});
