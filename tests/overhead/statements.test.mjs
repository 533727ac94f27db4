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
const USERS = 20;

/** The statements of each request, and how many the plugin spares, by the mode and the cache. */
const SPARED = {
  'legacy-support': { alone: { me: 7, articles: 12 }, spared: 1 },
  refresh: { alone: { me: 8, articles: 13 }, spared: 2 },
};
const WITH_CACHE = { me: 1, articles: 6 };

for (const mode of MODES) {
  describe(`The plugin beside Strapi without it (${mode})`, () => {
    it('spares statements of a request, and adds at most two to a login', async () => {
      const { alone, spared } = SPARED[mode];
      await ServerPair.during({ mode, env: STATEMENT_LOG }, async (servers) => {
        const { requests, logins } = await statementsOf(servers);
        for (const [name, count] of Object.entries(requests)) {
          assert.equal(count.without, alone[name], name);
          assert.equal(count.with, alone[name] - spared, name);
        }
        assert.ok(logins.relation.median <= 2, `it adds ${logins.relation.median} to a login`);
      });
    });

    it('spares all but the answer with the principal cache', async () => {
      const withEnv = { MAGIC_CONFIG: JSON.stringify({ principalCache: true }) };
      await ServerPair.during({ mode, env: STATEMENT_LOG, withEnv }, async (servers) => {
        const { requests, logins } = await statementsOf(servers);
        for (const [name, count] of Object.entries(requests))
          assert.equal(count.with, WITH_CACHE[name], name);
        assert.ok(logins.relation.median <= 2, `it adds ${logins.relation.median} to a login`);
      });
    });
  });
}

describe('The first request of each of many users with the principal cache', () => {
  it('makes three statements, for the user, the role of the user, and the answer', async () => {
    const withEnv = { MAGIC_CONFIG: JSON.stringify({ principalCache: true }) };
    await ServerPair.during({ env: STATEMENT_LOG, withEnv }, async (servers) => {
      const tokens = { without: [], with: [] };
      for (let user = 0; user < USERS; user += 1)
        await servers.each(async (server, side) =>
          tokens[side].push((await server.users.signUp()).jwt),
        );
      const next = async (server, side) =>
        assert.equal((await server.users.me(tokens[side].pop())).status, 200);
      await servers.each(next);
      const { without, with: cached } = await compareStatements(servers, USERS - 1, next);
      assert.deepEqual({ without, cached }, { without: 7, cached: 3 });
    });
  });
});

/** Counts the statements of requests and of a login on both servers. */
async function statementsOf(servers) {
  const people = await servers.each((server) => server.users.register());
  const get = (name) => async (server, side) =>
    assert.equal((await server.users[name](people[side].json.jwt)).status, 200);
  const requests = {
    me: await compareStatements(servers, REQUESTS, get('me')),
    articles: await compareStatements(servers, REQUESTS, get('articles')),
  };
  const login = (server, side) => server.users.login(people[side].username);
  return { requests, logins: await compareStatements(servers, LOGINS, login) };
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
