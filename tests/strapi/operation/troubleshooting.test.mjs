/** Tries the answers of docs/troubleshooting.md that no other test tries, in the order of its rows. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CLIENT } from '../../harness/databases/database.mjs';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { sign } from '../../harness/clients/jwt.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const CLOCK = fileURLToPath(new URL('../../harness/preload/shift-clock.cjs', import.meta.url));
const HOUR_MS = 3_600_000;

let server;
/** Starts a server that the next test has for itself. */
async function start(options) {
  server = await TestServer.start(options);
  await server.admin.register();
}
afterEach(() => server?.dispose());

/** Asserts that an answer refuses a token without knowing of a session that would have ended. */
function assertRefusedWithoutReason(answer) {
  assertStatus(answer, 401);
  assert.equal(answer.headers['x-session-terminated-reason'], undefined);
  assert.equal(answer.json.error.details?.reason, undefined);
}

describe('Troubleshooting: a wrong value of an option', () => {
  it('stops Strapi with the words that are told, until it is put right', async () => {
    server = await TestServer.prepare({ config: { lastSeenRateLimit: 'often' } });
    await assert.rejects(server.boot(), /Error regarding magic-sessionmanager config/);
    await server.boot({ MAGIC_CONFIG: '{}' });
    await server.users.signUp();
  });
});

describe('Troubleshooting: logins behind a proxy', () => {
  const from = (address) => ({ headers: { 'x-forwarded-for': address } });

  /** Fails so often, each time as if from another address, that one address would be locked. */
  const failOften = async () => {
    for (let time = 0; time < 40; time += 1) {
      const failing = { ...from(`198.51.100.${time}`), password: 'wrong' };
      await server.users.tryLogin(`nobody${time}`, failing);
    }
  };

  it('are refused to everybody who is new there until Strapi is told of the proxy', async () => {
    await start();
    const { username } = await server.users.register();
    // As after the first start with the plugin, before which the user had registered.
    server.database.run('delete from magic_sessionmanager_login_places');
    const honest = () => server.users.tryLogin(username, from('203.0.113.7'));
    await until('everybody is locked out', async () => {
      await failOften();
      return (await honest()).status === 429;
    });
    assert.ok(server.log.includes('a login came with X-Forwarded-For'));
    await server.restart({ TRUST_PROXY: 'true' });
    await failOften();
    assertStatus(await honest(), 200);
  });

  it('have the address that the last of so many proxies saw', async () => {
    await start({ env: { TRUST_PROXY: 'true', PROXIES: '1' } });
    const { username } = await server.users.register();
    const { jwt } = await server.users.login(username, from('192.0.2.66, 203.0.113.9'));
    assert.equal((await server.users.currentSession(jwt)).ip, '203.0.113.9');
  });
});

describe('Troubleshooting: 429 without Retry-After', () => {
  it('is from users-permissions, and goes with its own limiter', async () => {
    await start({ env: { RATE_LIMIT: 'true' } });
    const { username } = await server.users.register();
    const limited = await until('it limits', async () => {
      const answer = await server.users.tryLogin(username);
      return answer.status === 429 && answer;
    });
    assert.equal(limited.headers['retry-after'], undefined);
    assert.match(limited.headers['x-ratelimit-limit'], /^\d+$/);
    await server.restart({ RATE_LIMIT: 'false' });
    for (let time = 0; time < 10; time += 1) await server.users.login(username);
  });
});

inBothModes('Troubleshooting: 403 with the reason session_limit', () => {
  it('is gone with onLimit at evict-oldest', async () => {
    await start({ config: { maxSessionsPerUser: 1, onLimit: 'deny-new' } });
    const { username } = await server.users.register();
    const denied = await server.users.tryLogin(username);
    assertStatus(denied, 403);
    assert.equal(denied.json.error.details.reason, 'session_limit');
    assertStatus(await server.admin.changeSettings({ onLimit: 'evict-oldest' }), 200);
    assertStatus(await server.users.tryLogin(username), 200);
  });
});

describe('Troubleshooting: a refresh that answers 403', () => {
  it('is gone once refresh is ticked for Public', async () => {
    await start({ mode: 'refresh' });
    const { refreshToken } = await server.users.signUp();
    const everybody = await server.admin.publicRole();
    const refresh = 'plugin::users-permissions.auth.refresh';
    await server.admin.withdraw(everybody, refresh);
    assertStatus(await server.users.tryRefresh(refreshToken), 403);
    await server.admin.permit(everybody, refresh);
    await server.users.refresh(refreshToken);
  });
});

describe('Troubleshooting: a token that a plugin signs by itself', () => {
  it('is a session of the method adopted, without address and device', async () => {
    await start();
    const { user } = await server.users.signUp();
    const iat = Math.floor(Date.now() / 1000);
    const own = sign({ id: user.id, iat, exp: iat + 60 }, TEST_SECRETS.JWT_SECRET);
    assertStatus(await server.users.me(own), 200);
    const { method, ip, userAgent } = await server.users.currentSession(own);
    assert.deepEqual({ method, ip, userAgent }, { method: 'adopted', ip: null, userAgent: null });
  });
});

if (CLIENT === 'sqlite')
  inBothModes('Troubleshooting: a backup that was put back', (mode) => {
    it('knows nothing of later sessions, and accepts sessions again that were terminated since', async () => {
      await start({ mode });
      const early = await server.users.signUp();
      const { username } = await server.users.register();
      const { file } = server.database;
      const backup = path.join(path.dirname(file), 'backup.db');
      const stopped = async (work) => {
        await server.stop();
        server.database.close();
        work();
        await server.boot();
      };

      await stopped(() => copyFileSync(file, backup));
      const [{ id }] = await server.admin.sessionsOf(early.user.id);
      assertStatus(await server.admin.terminate(id), 200);
      const late = await server.users.login(username);
      assertRefused(await server.users.me(early.jwt), 'admin');

      await stopped(() => copyFileSync(backup, file));
      assertRefused(await server.users.me(late.jwt), 'unknown');
      assertStatus(await server.users.me((await server.users.login(username)).jwt), 200);
      assertStatus(await server.users.me(early.jwt), 200);
      assertStatus(await server.admin.terminateMatching({ filters: {} }), 200);
      assertRefused(await server.users.me(early.jwt), 'admin');
    });
  });

inBothModes('Troubleshooting: rows of sessions that were deleted by hand', (mode) => {
  it('refuse their tokens, or let them be adopted where Strapi has a row of its own', async () => {
    await start({ mode });
    const { jwt, user } = await server.users.signUp();
    server.database.run('DELETE FROM magic_sessionmanager_sessions');
    server.database.close();
    await server.restart();
    if (hasRefreshTokens(mode)) {
      assertStatus(await server.users.me(jwt), 200);
      assert.equal((await server.users.currentSession(jwt)).method, 'adopted');
    } else {
      assertRefused(await server.users.me(jwt), 'unknown');
      assertStatus(await server.users.me((await server.users.login(user.username)).jwt), 200);
    }
  });
});

inBothModes('Troubleshooting: 401 without a reason', (mode) => {
  const other = hasRefreshTokens(mode) ? 'legacy-support' : 'refresh';

  for (const [what, change] of [
    ['the secret', { JWT_SECRET: 'another-secret-of-users-permissions' }],
    ['the JWT mode', { UP_JWT_MANAGEMENT: other }],
  ]) {
    it(`is what everybody gets once ${what} was changed, and a login repairs it`, async () => {
      await start({ mode });
      const { jwt, user } = await server.users.signUp();
      await server.restart(change);
      assertRefusedWithoutReason(await server.users.me(jwt));
      assertStatus(await server.users.me((await server.users.login(user.username)).jwt), 200);
    });
  }
});

describe('Troubleshooting: a clock that is wrong', () => {
  const config = { inactivityTimeout: 60_000, onInactive: 'terminate' };
  const off = (ms) => ({ NODE_OPTIONS: `--require ${CLOCK}`, TEST_CLOCK_OFF_MS: String(ms) });

  it('terminates sessions too early on its instance, and no longer once it is right', async () => {
    await start({ config });
    const { jwt, user } = await server.users.signUp();
    await server.restart(off(5000));
    assertStatus(await server.users.me(jwt), 200);
    await server.restart(off(HOUR_MS));
    assertRefused(await server.users.me(jwt), 'idle');
    await server.restart({ NODE_OPTIONS: '' });
    const current = await server.users.login(user.username);
    assertStatus(await server.users.me(current.jwt), 200);
    await server.restart(off(-5000));
    assertStatus(await server.users.me(current.jwt), 200);
  });
});

inBothModes('Troubleshooting: a route that verifies tokens by itself', (mode) => {
  it('learns of a terminated session from jwt.verify', async () => {
    await start({ mode });
    const { jwt, user } = await server.users.signUp();
    const verify = () => server.request('GET', `/api/observer/verify?token=${jwt}`);
    assertStatus(await verify(), 200);
    assertStatus(await server.admin.terminateAll(user.id), 200);
    assert.notEqual((await verify()).status, 200);
  });
});
