import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
const { createPresence } = modules.load('stores/redis/presence');

const LIFETIME_MS = 10_000;
const PERIOD_MS = 2000;

describe('The number of instances', () => {
  let presence, counted, nowMs;
  beforeEach(() => {
    nowMs = 0;
    modules.time.monotonicMs = () => nowMs;
    const link = { isReady: () => true, send: async () => String(counted) };
    presence = createPresence(link, 'prefix:', 'this-instance');
  });
  after(() => modules.dispose());

  /** Connects when so many are there, and gives how many are known of then. */
  async function arriveAt(count) {
    counted = count;
    presence.announce();
    await new Promise(setImmediate);
    return presence.instances();
  }

  it('is one before any was counted', () => {
    assert.equal(presence.instances(), 1);
  });

  it('is what Redis counts', async () => {
    assert.equal(await arriveAt(3), 3);
    nowMs += 2 * LIFETIME_MS;
    assert.equal(await arriveAt(4), 4);
  });

  it('stays while the others may not have come back yet, and no longer', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] });
    presence.atLeast(3);
    presence.start();
    assert.equal(await arriveAt(1), 3);
    for (const expected of [3, 3, 3, 3, 1]) {
      nowMs += PERIOD_MS;
      test.mock.timers.tick(PERIOD_MS);
      await new Promise(setImmediate);
      assert.equal(presence.instances(), expected, `after ${nowMs} ms`);
    }
    presence.stop();
  });

  it('grows at once, whatever it was before', async () => {
    presence.atLeast(2);
    assert.equal(await arriveAt(5), 5);
  });
});
