import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { FULL_DISK } from '../../harness/sql/triggers.mjs';
import { assertNoToken, assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const MISSING_TABLE = {
  damage: 'ALTER TABLE magic_sessionmanager_sessions RENAME TO magic_sessionmanager_sessions_away',
  remedy: 'ALTER TABLE magic_sessionmanager_sessions_away RENAME TO magic_sessionmanager_sessions',
};

/** Ways to keep a session from being written, each with its remedy. */
const FAILURES = [
  { name: 'a full disk', ...FULL_DISK },
  { name: 'a missing table', ...MISSING_TABLE },
];

/** What may stand in the log only. */
const INNER_DETAIL = /magic_sessionmanager_sessions|sqlite|postgres|maria|mysql|disk/i;

inBothModes('While the table of sessions is away or cannot be written', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: { UP_REFRESH_COOKIE: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const strapiSessions = () =>
    Number(server.database.rows('SELECT count(*) AS n FROM strapi_sessions')[0].n);

  for (const { name, damage, remedy } of FAILURES) {
    it(`no token leaves: ${name}`, async () => {
      const { username } = await server.users.register();
      const before = strapiSessions();
      server.database.run(damage);
      try {
        for (const answer of [
          await server.users.tryLogin(username),
          await server.users.register(),
          ...(await Promise.all([1, 2, 3].map(() => server.users.tryLogin(username)))),
        ]) {
          assertStatus(answer, 503);
          assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
          assert.match(answer.headers['access-control-expose-headers'] ?? '', /Retry-After/);
          assertNoToken(answer);
          assert.equal(answer.headers['set-cookie'], undefined);
          assert.doesNotMatch(answer.text, INNER_DETAIL);
        }
        assert.equal(strapiSessions(), before, 'Strapi keeps no session of a login that failed');
      } finally {
        server.database.run(remedy);
      }
      assertStatus(await server.users.tryLogin(username), 200);
    });
  }

  it('and sessions that cannot be read are refused for a while, not terminated', async () => {
    const { jwt } = await server.users.signUp();
    server.database.run(MISSING_TABLE.damage);
    try {
      const refused = await until('nothing is known any more', async () => {
        const answer = await server.users.me(jwt);
        return answer.status !== 200 && answer;
      });
      assertStatus(refused, 503);
      assert.match(refused.headers['retry-after'] ?? '', /^\d+$/);
      assert.equal(refused.headers['x-session-terminated-reason'], undefined);
      assert.doesNotMatch(refused.text, INNER_DETAIL);
      const wrong = await server.users.me(`${jwt.slice(0, -3)}abc`);
      assertStatus(wrong, 401);
    } finally {
      server.database.run(MISSING_TABLE.remedy);
    }
    assertStatus(await server.users.me(jwt), 200);
  });

  it('a failed login is written to the log, without the statement and its values', () => {
    const lines = server.log.split('\n').filter((line) => line.includes('could not be recorded'));
    assert.ok(lines.length >= FAILURES.length);
    for (const line of lines) assert.doesNotMatch(line, /insert into|127\.0\.0\.1|v1\./i);
  });
});
