import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { Random, seedOfRun } from '../harness/core/random.mjs';
import { LEASE_MS, World } from '../harness/principals/world.mjs';
import { pause, until } from '../harness/process/until.mjs';
import { hasRefreshTokens, inBothModes } from '../harness/strapi/modes.mjs';

/** So many writes are made in each mode. */
const STEPS = Number(process.env.PRINCIPAL_STEPS ?? 36);
const WORLDS = Number(process.env.PRINCIPAL_WORLDS ?? 6);

/** So many writes of each user pass before the settings change, and another instance writes. */
const ROUNDS = 6;

const AGES_MS = [2000, 10_000];

/** An answer may be on its way, and the test itself is slow on a busy machine. */
const MARGIN_MS = 500;

/** How often an instance asks for the changes by others. */
const POLL_MS = 1000;

/** B asks for the changes meanwhile in few of so many attempts. */
const ATTEMPTS = 5;

const SEED = seedOfRun();

// An instance may answer as before a change by another one for as long as the lease. Where another one
// writes next, it has to know of that change, or its own answers could not be compared at once.
inBothModes('Two instances with the principal cache, beside one without', (mode) => {
  let cluster, worlds;
  before(async () => {
    const configs = [
      { principalCache: true },
      { principalCache: { maxAgeMs: AGES_MS[1] } },
      { principalCache: false },
    ];
    cluster = await Cluster.start({ configs, mode, env: { QUIET_EVENTS: 'true' } });
    worlds = Array.from({ length: WORLDS }, (_, number) => new World(cluster, number, SEED));
    for (const world of worlds) await world.begin();
  });
  after(() => cluster.dispose());

  const together = (work) => seeded(() => Promise.all(worlds.map(work)));
  const greatest = (name) => Math.max(...worlds.map((world) => world[name]));

  // The tests after it take permissions away.
  it('keep a session that began after a change of the password, wherever it is used first', async () => {
    const [a, b] = cluster.instances;
    for (let times = 0; times < ATTEMPTS; times += 1) {
      const { jwt, user } = await cluster.signUp();
      assertStatus(await b.users.me(jwt), 200);
      const body = { password: `Another-Horse-${times}` };
      const post = (path) => cluster.write(() => a.request('POST', path, { body }));
      assertStatus(await post(`/api/account/${user.id}/service`), 200);
      const issued = await post(`/api/issuer/${user.id}/plain`);
      // B may still remember the user as before.
      assertStatus(await b.users.me(issued.json.jwt), 200);
      for (const instance of cluster.instances)
        assertStatus(await instance.users.me(issued.json.jwt), 200);
    }
  });

  it('answer as it does after any change, at once where it was made and soon elsewhere', async (t) => {
    const random = new Random(SEED);
    let settings = 0;
    for (let round = 1; round * WORLDS <= STEPS; round += 1) {
      await together((world) => world.step());
      if (round % ROUNDS > 0) continue;
      settings += 1;
      await pause(LEASE_MS);
      const writer = cluster.instances[random.below(2)];
      const other = cluster.instances.find((instance) => instance !== writer);
      await changeSettings(writer, random);
      await together((world) => world.agree(writer, [other]));
      await pause(LEASE_MS);
      worlds.forEach((world) => world.pickWriter());
    }
    const steps = worlds.reduce((sum, world) => sum + world.steps, 0);
    const stale = worlds.reduce((sum, world) => sum + world.stale, 0);
    t.diagnostic(
      `${steps} writes and ${settings} of the settings; the other instance answered as before ` +
        `after ${stale} of them, for ${greatest('greatestMs')} ms at the most (seed ${SEED})`,
    );
    assert.ok(stale > 0, 'no answer came from a cache');
    assert.ok(greatest('greatestMs') <= LEASE_MS);
    for (const instance of cluster.instances.slice(0, 2))
      assert.ok((await cacheOf(instance)).hits > STEPS, 'the cache is not used');
    assert.equal(await cacheOf(cluster.instances[2]), null);
  });

  // Nothing of it depends on the mode.
  if (hasRefreshTokens(mode))
    it('answer as it does after raw SQL within the age of what they remember', async (t) => {
      await together((world) => world.begin());
      await until('the changes before are known everywhere', async () => {
        await together((world) => world.visit());
        const { oldestMs } = await cacheOf(cluster.instances[1]);
        return oldestMs > POLL_MS + MARGIN_MS;
      });
      const within = AGES_MS.map((ms) => ms + MARGIN_MS);
      await together((world) => world.rawStep(within));
      t.diagnostic(
        `${WORLDS} changes; the last took ${greatest('greatestRawMs')} ms (seed ${SEED})`,
      );
      assert.ok(greatest('greatestRawMs') > LEASE_MS, 'the longer age was not used');
    });

  const cacheOf = async ({ admin }) => (await admin.status()).json.data.principalCache;

  /** Changes whether e-mail addresses have to be confirmed, as code of an app or an administrator. */
  async function changeSettings(instance, random) {
    const changes = { email_confirmation: random.below(2) === 0 };
    const isAdmin = random.below(2) === 0;
    const send = async () => {
      if (!isAdmin)
        return await instance.request('POST', '/api/account/0/settings', { body: changes });
      const path = '/users-permissions/advanced';
      const { settings } = (await instance.admin.request('GET', path)).json;
      return await instance.admin.request('PUT', path, { ...settings, ...changes });
    };
    assert.equal((await cluster.write(send)).status, 200);
  }
});

/** Tells the seed of a run that fails. */
async function seeded(act) {
  try {
    return await act();
  } catch (error) {
    throw new Error(`SEED=${SEED}: ${error.message}`, { cause: error });
  }
}
