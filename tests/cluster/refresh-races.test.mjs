import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { Cluster } from '../harness/cluster/cluster.mjs';

const HOME = { 'x-forwarded-for': '192.0.2.7', 'user-agent': 'an app' };
const ELSEWHERE = { 'x-forwarded-for': '198.51.100.9', 'user-agent': 'an app' };
const INTERCEPTORS = 6;
const ROUNDS = 10;

describe('One refresh token that is used on two instances at once', () => {
  let cluster, a, b;
  before(async () => {
    const env = { TRUST_PROXY: 'true' };
    cluster = await Cluster.start({ mode: 'refresh', client: 'postgres', env });
    [a, b] = cluster.instances;
  });
  after(() => cluster.dispose());

  const instanceOf = (number) => (number % 2 === 0 ? a : b);
  const presentAtOnce = (token) =>
    Promise.all(
      Array.from({ length: INTERCEPTORS }, (_, number) =>
        instanceOf(number).users.tryRefresh(token, HOME),
      ),
    );

  it('gives all who ask one child, round after round', async () => {
    const { refreshToken, user } = await a.users.signUp();
    let current = refreshToken;
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await presentAtOnce(current);
      for (const answer of answers) assertStatus(answer, 200);
      const children = new Set(answers.map(({ json }) => json.refreshToken));
      assert.equal(children.size, 1, `round ${round}`);
      for (const [number, { json }] of answers.entries())
        assertStatus(await instanceOf(number + 1).users.me(json.jwt, HOME), 200);
      const late = await b.users.tryRefresh(current, HOME);
      assertStatus(late, 200);
      [current] = children;
    }
    const [{ state }] = await a.admin.sessionsOf(user.id);
    assert.equal(state, 'active');
  });

  it('gives no token that is refused soon to a chain that others exchange meanwhile', async () => {
    const { refreshToken, user } = await a.users.signUp();
    let current = refreshToken;
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = (await a.users.refresh(current, HOME)).refreshToken;
      const [late, next] = await Promise.all([
        b.users.tryRefresh(current, HOME),
        a.users.tryRefresh(child, HOME),
      ]);
      assertStatus(next, 200);
      if (late.status !== 200) assertRefused(late, 'refresh_superseded');
      current = next.json.refreshToken;
    }
    const [{ state }] = await a.admin.sessionsOf(user.id);
    assert.equal(state, 'active');
  });

  it('terminates the session on both when it comes from elsewhere', async () => {
    const { refreshToken } = await a.users.signUp();
    const child = await a.users.refresh(refreshToken, HOME);
    assertStatus(await a.users.me(child.jwt, HOME), 200);
    assertRefused(await b.users.tryRefresh(refreshToken, ELSEWHERE), 'refresh_reuse');
    assertRefused(await b.users.me(child.jwt, HOME), 'refresh_reuse');
    // Until A has polled the database, Strapi itself refuses the token, which names no reason.
    assertStatus(await a.users.tryRefresh(child.refreshToken, HOME), 401);
  });
});
