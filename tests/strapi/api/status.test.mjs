import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TEST_KEY, TestServer } from '../../harness/strapi/test-server.mjs';
import { storeSessions } from '../../harness/fixtures/stored-sessions.mjs';
import { until } from '../../harness/process/until.mjs';

const MANIFEST = new URL('../../../plugin/package.json', import.meta.url);
const WASM = new URL('../../../pkg/magic_sessionmanager_bg.wasm', import.meta.url);

describe('The status', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    const { user } = await server.users.signUp();
    await server.admin.terminateAll(user.id);
    await server.users.signUp();
    await server.users.signUp();
  });
  after(() => server.dispose());

  const read = async (query) => {
    const answer = await server.admin.status(query);
    assertStatus(answer, 200);
    return answer.json.data;
  };

  it('counts the sessions by what they are doing', async () => {
    assert.deepEqual((await read('since=2020-01-01')).sessions, {
      active: 2,
      inactive: 0,
      terminated: 1,
      online: 2,
      terminatedSince: 1,
    });
  });

  it('counts the terminations since a given instant', async () => {
    const later = new Date(Date.now() + 60_000).toISOString();
    assert.equal((await read(`since=${later}`)).sessions.terminatedSince, 0);
    const answer = await server.admin.status('since=noon');
    assertStatus(answer, 400);
    assert.equal(answer.json.error.details.field, 'since');
  });

  it('takes a session that was not seen for long as not online', async () => {
    const past = Date.now() - 6 * 60_000;
    server.database.run(
      `update magic_sessionmanager_sessions set last_seen_at_ms = ${past} where id = (select max(id) from magic_sessionmanager_sessions)`,
    );
    const { active, online } = (await read()).sessions;
    assert.deepEqual([active, online], [2, 1]);
  });

  it('says which key is in force and that it is derived', async () => {
    const { key, version, wasmBytes, wasmSha256, principalCache } = await read();
    assert.equal(principalCache, null);
    assert.equal(key.source, 'derived');
    assert.match(key.id, /^[0-9a-f]{12}$/);
    assert.equal(version, JSON.parse(readFileSync(MANIFEST, 'utf8')).version);
    const wasm = readFileSync(WASM);
    assert.equal(wasmBytes, wasm.length);
    assert.equal(wasmSha256, createHash('sha256').update(wasm).digest('hex'));
  });

  it('says how closely it follows the database, and that no Redis is configured', async () => {
    const { instances, redis, feed, leaseMs } = await until('the database was polled', async () => {
      const status = await read();
      return status.feed.tookMs !== null && status;
    });
    assert.deepEqual([instances, redis, leaseMs], [null, null, 2000]);
    assert.ok(feed.ageMs >= feed.tookMs && feed.tookMs > 0, JSON.stringify(feed));
  });

  it('says that the database cannot be followed by an answer that grows old', async () => {
    const { leaseMs } = await read();
    server.database.run('ALTER TABLE magic_sessionmanager_not_befores RENAME TO moved');
    try {
      await until('the last answer is older than the lease', async () => {
        return (await read()).feed.ageMs > leaseMs;
      });
    } finally {
      server.database.run('ALTER TABLE moved RENAME TO magic_sessionmanager_not_befores');
    }
    await until('it is followed again', async () => (await read()).feed.ageMs < leaseMs);
  });

  it('says where a configured key comes from', async () => {
    await server.restart({ SESSION_ENCRYPTION_KEY: TEST_KEY });
    await server.admin.login();
    assert.equal((await read()).key.source, 'environment');
  });
});

describe('The status of the principal cache', () => {
  it('tells how many reads were answered from memory, and what that saved', async () => {
    const config = { principalCache: { maxAgeMs: 10_000 } };
    const server = await TestServer.start({ config });
    try {
      await server.admin.register();
      const view = async () => (await server.admin.status()).json.data.principalCache;
      const { jwt } = await server.users.signUp();
      const viewAfter = async (requests) => {
        for (let sent = 0; sent < requests; sent += 1)
          assertStatus(await server.users.me(jwt), 200);
        return await view();
      };
      // A poll that hears of the new user drops what is remembered.
      const { before, after } = await until('no poll hears of a change meanwhile', async () => {
        const before = await viewAfter(1);
        const after = await viewAfter(5);
        return before.answers > 0 && after.misses === before.misses && { before, after };
      });
      assert.equal(before.maxAgeMs, 10_000);
      assert.equal(before.answers, 3, 'the user, the role and the settings');
      assert.equal(after.hits - before.hits, 15);
      assert.equal(after.savedStatements - before.savedStatements, 25);
      assert.ok(after.bytes > 0 && after.oldestMs >= 0 && after.oldestMs <= 10_000);
    } finally {
      await server.dispose();
    }
  });
});

describe('The status where many users log in', () => {
  it('names the address that most of them share, and none that an office shares', async () => {
    const server = await TestServer.start({ env: { TRUST_PROXY: 'true' } });
    try {
      await server.admin.register();
      let users = 0;
      const logIn = (ip) => {
        users += 1;
        storeSessions(server, 1, { userId: users, loggedInAgo: 1, lastSeenAgo: 1, ip });
      };
      const shared = async () => (await server.admin.status()).json.data.sharedAddress;
      assert.equal(await shared(), null);
      for (let user = 0; user < 19; user += 1) logIn('192.0.2.1');
      assert.equal(await shared(), null, 'nineteen users are an office');
      logIn('192.0.2.1');
      assert.deepEqual(await shared(), { ip: '192.0.2.1', users: 20 });
      for (let user = 0; user < 19; user += 1) logIn(`198.51.100.${user}`);
      assert.deepEqual(await shared(), { ip: '192.0.2.1', users: 20 });
      logIn('203.0.113.1');
      assert.equal(await shared(), null, 'it is half of the users, and no more');
    } finally {
      await server.dispose();
    }
  });
});
