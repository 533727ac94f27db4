import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { pause } from '../../harness/process/until.mjs';

const BURST = 60;
const EARNED_EVERY_MS = 1000;

const POLICY = '"default";q=60;w=60';

/** Reads the field `RateLimit` as its draft writes it. */
function limitOf({ headers }) {
  const [, remaining, seconds] = /^"default";r=(\d+);t=(\d+)$/.exec(headers.ratelimit);
  return { remaining: Number(remaining), seconds: Number(seconds) };
}

inBothModes("The users' API", (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Sends requests at once until one is refused, and gives those answered and the refusals. */
  async function exhaust(jwt) {
    const began = performance.now();
    const sent = Array.from({ length: BURST + 20 }, () =>
      server.users.own(jwt, 'GET', '/current-session'),
    );
    const answers = await Promise.all(sent);
    const earned = Math.ceil((performance.now() - began) / EARNED_EVERY_MS);
    const refused = answers.filter(({ status }) => status !== 200);
    return { passed: answers.length - refused.length, refused, earned };
  }

  it('says with every answer how much is left', async () => {
    const { jwt } = await server.users.signUp();
    const answers = [
      await server.users.own(jwt, 'GET', '/my-sessions'),
      await server.users.own(jwt, 'DELETE', '/my-sessions/none'),
      await server.users.own(jwt, 'POST', '/logout-all'),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 404, 200],
    );
    for (const answer of answers) {
      assert.equal(answer.headers['ratelimit-policy'], POLICY);
      assert.match(answer.headers['access-control-expose-headers'], /RateLimit-Policy, RateLimit/);
      const { remaining, seconds } = limitOf(answer);
      assert.ok(remaining >= BURST - answers.length && remaining < BURST, answer.headers.ratelimit);
      assert.ok(seconds > 0 && seconds <= answers.length, answer.headers.ratelimit);
    }
  });

  it('refuses one user who asks too often, however many requests come at once', async () => {
    const { jwt } = await server.users.signUp();
    const other = await server.users.signUp();
    const { passed, refused, earned } = await exhaust(jwt);
    assert.ok(passed >= BURST && passed <= BURST + earned, `${passed} passed`);
    for (const answer of refused) {
      assertStatus(answer, 429);
      assert.deepEqual(answer.json, {
        data: null,
        error: {
          status: 429,
          name: 'RateLimitError',
          message: 'Too many requests, please try again later.',
          details: {
            type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
            'violated-policies': ['default'],
          },
        },
      });
      assert.equal(answer.headers['retry-after'], '1');
      assert.equal(answer.headers['ratelimit-policy'], POLICY);
      assert.deepEqual(limitOf(answer), { remaining: 0, seconds: 1 });
      assert.match(answer.headers['access-control-expose-headers'], /Retry-After/);
    }
    assertStatus(await server.users.own(other.jwt, 'GET', '/current-session'), 200);
    assertStatus(await server.users.me(jwt), 200);
    await pause(EARNED_EVERY_MS);
    assertStatus(await server.users.own(jwt, 'GET', '/current-session'), 200);
  });

  it('counts a user, whichever session asks', async () => {
    const { username, json } = await server.users.register();
    const { jwt } = await server.users.login(username);
    await exhaust(json.jwt);
    const { remaining } = limitOf(await server.users.own(jwt, 'GET', '/current-session'));
    assert.ok(remaining < BURST / 2, `${remaining} are left`);
  });

  it('counts nobody who is not signed in', async () => {
    const answer = await server.request('GET', '/api/magic-sessionmanager/my-sessions');
    assertStatus(answer, 403);
    assert.equal(answer.headers.ratelimit, undefined);
  });

  it('leaves other routes alone', async () => {
    const { jwt } = await server.users.signUp();
    assert.equal((await server.users.me(jwt)).headers.ratelimit, undefined);
  });
});
