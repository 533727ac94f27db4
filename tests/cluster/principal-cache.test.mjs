import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { Random, seedOfRun } from '../harness/core/random.mjs';
import { LEASE_MS, World } from '../harness/principals/world.mjs';
import { inBothModes } from '../harness/strapi/modes.mjs';

/** So many writes are made in each mode. */
const STEPS = Number(process.env.PRINCIPAL_STEPS ?? 48);
const WORLDS = 4;

/** After so many writes of each user, the settings change. */
const ROUNDS_PER_SETTING = 3;

const AGES_MS = [2000, 10_000];

/** An answer may be on its way, and the test itself is slow on a busy machine. */
const MARGIN_MS = 500;

const SEED = seedOfRun();

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

  it('answer as it does after any change, at once where it was made and soon elsewhere', async (t) => {
    const random = new Random(SEED);
    let settings = 0;
    for (let round = 1; round * WORLDS <= STEPS; round += 1) {
      await together((world) => world.step());
      if (round % ROUNDS_PER_SETTING > 0) continue;
      settings += 1;
      const writer = cluster.instances[random.below(2)];
      const other = cluster.instances.find((instance) => instance !== writer);
      await changeSettings(writer, random);
      await together((world) => world.agree(writer, [other]));
    }
    const steps = worlds.reduce((sum, world) => sum + world.steps, 0);
    const stale = worlds.reduce((sum, world) => sum + world.stale, 0);
    t.diagnostic(
      `${steps} writes and ${settings} of the settings; the other instance answered as before ` +
        `after ${stale} of them, for ${greatest('greatestMs')} ms at the most (seed ${SEED})`,
    );
    assert.ok(stale > 0, 'no answer came from a cache');
    assert.ok(greatest('greatestMs') <= LEASE_MS);
    for (const { admin } of cluster.instances.slice(0, 2)) {
      const { principalCache } = (await admin.status()).json.data;
      assert.ok(principalCache.hits > STEPS, 'the cache answers');
    }
  });

  it('answer as it does after a change by raw SQL within the age of what they remember', async (t) => {
    const within = AGES_MS.map((ms) => ms + MARGIN_MS);
    await together((world) => world.rawStep(within));
    t.diagnostic(`${WORLDS} changes; the last took ${greatest('greatestRawMs')} ms (seed ${SEED})`);
  });

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
