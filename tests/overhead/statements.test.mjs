import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServerPair } from '../harness/comparison/server-pair.mjs';
import { compareStatements } from '../harness/comparison/statements.mjs';
import { STATEMENT_LOG } from '../harness/sql/statement-log.mjs';
import { MODES } from '../harness/strapi/modes.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const REQUESTS = 50;
const LOGINS = 10;

for (const mode of MODES) {
  describe(`The plugin beside Strapi without it (${mode})`, () => {
    it('adds no SQL statement to a request, and at most two to a login', async () => {
      await ServerPair.during({ mode, env: STATEMENT_LOG }, async (servers) => {
        const people = await servers.each((server) => server.users.register());
        const request = async (server, side) =>
          assert.equal((await server.users.me(people[side].json.jwt)).status, 200);
        const login = (server, side) => server.users.login(people[side].username);

        const requests = await compareStatements(servers, REQUESTS, request);
        const logins = await compareStatements(servers, LOGINS, login);

        assert.ok(requests.without > 0, 'the log shows no statement');
        assert.equal(requests.with, requests.without);
        assert.ok(logins.relation.median <= 2, `it adds ${logins.relation.median} to a login`);
      });
    });
  });
}

describe('A request with a Redis beside', () => {
  it('sends it no command', async () => {
    const redis = await RedisServer.start();
    const server = await TestServer.start({ env: { REDIS_URL: redis.url } });
    try {
      const { jwt } = await server.users.signUp();
      const before = await commandsOf(redis);
      for (let sent = 0; sent < REQUESTS; sent += 1) await server.users.me(jwt);
      const after = await commandsOf(redis);
      const calls = (name) => after.get(name) - (before.get(name) ?? 0);
      assert.ok(after.has('xread'), 'the plugin does not use this Redis');
      assert.deepEqual(
        [...after.keys()].filter((name) => calls(name) >= REQUESTS),
        [],
      );
    } finally {
      await server.dispose();
      await redis.dispose();
    }
  });
});

/** Counts the calls of each command since the Redis has started. */
async function commandsOf(redis) {
  const stats = await redis.info('commandstats');
  return new Map(
    Array.from(stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm), ([, name, calls]) => [
      name,
      Number(calls),
    ]),
  );
}
