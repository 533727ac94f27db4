import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { BEHIND_PROXY, logInFrom } from '../../harness/geo/log-in-from.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const UNREADABLE = fileURLToPath(
  new URL('../../harness/preload/unreadable-tables.cjs', import.meta.url),
);

/** Addresses of well-known companies, and of nobody. */
const LOCATIONS = {
  '8.8.8.8': located('US', 'hosting'),
  '2003:e8::1': located('DE', 'other'),
  '10.0.0.7': located(null, 'private'),
  '203.0.113.7': located(null, 'reserved'),
};

/** A location that no file of the operator says more of. */
function located(country, network) {
  return { country, network, city: null, asn: null, organization: null };
}

/** Starts a server, and logs a user in from each of the addresses; a login fails from the last one. */
async function withLogins(options, work) {
  const server = await TestServer.start({ env: BEHIND_PROXY, ...options });
  try {
    await server.admin.register();
    const { user } = await server.users.signUp();
    let jwt;
    for (const ip of Object.keys(LOCATIONS)) {
      const answer = await logInFrom(server, user, ip);
      assertStatus(answer, 200);
      jwt = answer.json.jwt;
    }
    assertStatus(await logInFrom(server, user, '8.8.8.8', 'wrong'), 400);
    await work({ server, user, jwt });
  } finally {
    await server.dispose();
  }
}

const byAddress = (views) =>
  Object.fromEntries(
    views.filter(({ ip }) => ip in LOCATIONS).map(({ ip, location }) => [ip, location]),
  );

const journalOf = async (server) => (await server.admin.journal()).json.data;

inBothModes('The network of an address', (mode) => {
  it('is told of sessions and entries, to administrators and to the user', async () => {
    await withLogins({ mode }, async ({ server, user, jwt }) => {
      const sessions = await server.admin.sessionsOf(user.id);
      assert.deepEqual(byAddress(sessions), LOCATIONS);
      assert.deepEqual(byAddress(await server.users.sessions(jwt)), LOCATIONS);
      const one = sessions.find(({ ip }) => ip === '8.8.8.8');
      const details = await server.admin.request('GET', `/magic-sessionmanager/sessions/${one.id}`);
      assertStatus(details, 200);
      assert.deepEqual(details.json.data.location, LOCATIONS['8.8.8.8']);
      for (const entry of details.json.data.history)
        assert.deepEqual(entry.location, entry.ip && LOCATIONS[entry.ip]);
      const failed = (await journalOf(server)).find(({ what }) => what === 'login.failed');
      assert.deepEqual([failed.ip, failed.location], ['8.8.8.8', LOCATIONS['8.8.8.8']]);
    });
  });
});

describe('Without geography', () => {
  const NOTHING = Object.fromEntries(Object.keys(LOCATIONS).map((ip) => [ip, null]));

  it('no location is told', async () => {
    await withLogins({ config: { geo: false } }, async ({ server, user }) => {
      assert.deepEqual(byAddress(await server.admin.sessionsOf(user.id)), NOTHING);
      for (const { location } of await journalOf(server)) assert.equal(location, null);
    });
  });

  it('a list is shown where the tables cannot be read, and the log says so once', async () => {
    const nodeFlags = ['--require', UNREADABLE];
    await withLogins({ nodeFlags }, async ({ server, user }) => {
      for (let times = 0; times < 2; times += 1)
        assert.deepEqual(byAddress(await server.admin.sessionsOf(user.id)), NOTHING);
      const said = server.log.split('countries and networks are not shown').length - 1;
      assert.equal(said, 1);
      assert.match(server.log, /are not shown: Error: EIO/);
    });
  });
});
