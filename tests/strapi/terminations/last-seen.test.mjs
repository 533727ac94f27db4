import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { RECORDER } from '../../harness/sql/triggers.mjs';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { pause, until } from '../../harness/process/until.mjs';

const LIMIT_MS = 1000;
const BUSY_MS = 5000;

inBothModes('Last seen', (mode) => {
  let server;
  afterEach(() => server.dispose());

  /** Starts a server that records, with one user signed up. */
  async function recordedUser(config) {
    server = await TestServer.start({ mode, config });
    await server.admin.register();
    server.database.run(RECORDER);
    const { jwt, user } = await server.users.signUp();
    const [session] = await server.admin.sessionsOf(user.id);
    return { jwt, loggedInAt: Date.parse(session.loggedInAt) };
  }

  const moves = () =>
    server.database.rows('SELECT at FROM seen_log ORDER BY at').map((row) => row.at);

  it('moves once per period while requests come without a break', async () => {
    const { jwt, loggedInAt } = await recordedUser({ lastSeenRateLimit: LIMIT_MS });
    const end = Date.now() + BUSY_MS;
    await until('it has moved three times', async () => {
      assertStatus(await server.users.me(jwt), 200);
      return Date.now() >= end && moves().length >= 3;
    });
    await server.stop();

    const times = [loggedInAt, ...moves()];
    const gaps = times.slice(1).map((at, index) => at - times[index]);
    for (const gap of gaps) assert.ok(gap >= LIMIT_MS, `it moved after ${gap} ms`);
  });

  it('moves once for requests at the same time', async () => {
    const { jwt } = await recordedUser({ lastSeenRateLimit: LIMIT_MS });
    await pause(LIMIT_MS + 100);
    const beganAtMs = Date.now();
    const answers = await Promise.all(Array.from({ length: 30 }, () => server.users.me(jwt)));
    const tookMs = Date.now() - beganAtMs;
    for (const answer of answers) assertStatus(answer, 200);
    await server.stop();
    const most = 1 + Math.ceil(tookMs / LIMIT_MS);
    assert.ok(moves().length <= most, `it moved ${moves().length} times in ${tookMs} ms`);
    assert.ok(moves().length >= 1);
  });

  it('stays where it is within the period', async () => {
    const { jwt } = await recordedUser({ lastSeenRateLimit: 60_000 });
    for (let request = 0; request < 30; request += 1) await server.users.me(jwt);
    await server.stop();
    assert.deepEqual(moves(), []);
  });

  it('is written when the request came inside a transaction', async () => {
    const { jwt, loggedInAt } = await recordedUser({ lastSeenRateLimit: 0 });
    assertStatus(await server.request('GET', `/api/observer/verify?token=${jwt}`), 200);
    await until('last seen has moved', () => moves().some((at) => at > loggedInAt));
    assert.doesNotMatch(server.log, /could not be written/);
  });

  it('makes an inactive session active again', async () => {
    server = await TestServer.start({
      mode,
      config: { lastSeenRateLimit: 0, inactivityTimeout: 3000 },
    });
    await server.admin.register();
    const { jwt, user } = await server.users.signUp();
    const state = async () => (await server.admin.sessionsOf(user.id))[0].state;
    await until('a clean-up has marked the session inactive', async () => {
      await server.admin.cleanUp();
      return (await state()) === 'inactive';
    });
    assertStatus(await server.users.me(jwt), 200);
    await until('the session is shown as active again', async () => (await state()) === 'active');
  });
});
