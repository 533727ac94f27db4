import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';
import { until } from '../harness/process/until.mjs';

const modules = new ServerModules();
const { createLastSeenClaims } = modules.load('stores/redis/last-seen-claims');

const NOW = 1_700_000_000_000;
const LIFETIME_MS = 30_000;

/** What stands for Redis: it keeps what is set unless that is there, and may answer late. */
class Keys {
  values = new Map();
  sent = [];
  isReady = () => true;
  #answered = Promise.resolve();

  /** Lets every command wait for its answer until that is allowed. */
  holdBack() {
    let letGo;
    this.#answered = new Promise((resolve) => (letGo = resolve));
    return letGo;
  }

  async send(command, ...rest) {
    this.sent.push(command);
    await this.#answered;
    if (command === 'DEL') return rest.forEach((key) => this.values.delete(key));
    const [key, value] = rest;
    const before = this.values.get(key) ?? null;
    if (before === null) this.values.set(key, value);
    return before;
  }
}

describe('The claims to write when a session was last seen', () => {
  let redis;
  beforeEach(() => (redis = new Keys()));
  after(() => modules.dispose());

  /** Claims for one of the instances. */
  const claim = (sessionIds, seenAtMs = NOW) =>
    createLastSeenClaims(redis, 'p:', () => LIFETIME_MS).claim(
      sessionIds.map((sessionId) => ({ sessionId, lastSeenAtMs: seenAtMs })),
      NOW,
    );

  it('are granted to the first, and name to others what that will write', async () => {
    assert.deepEqual((await claim(['a'])).heldElsewhere, []);
    const { heldElsewhere } = await claim(['a', 'b'], NOW + 5);
    assert.deepEqual(heldElsewhere, [{ sessionId: 'a', lastSeenAtMs: NOW }]);
  });

  it('are given back when the write has failed, but none that another was granted', async () => {
    await claim(['a']);
    const { release } = await claim(['a', 'b'], NOW + 5);
    release();
    await until('the own claim is gone', () => !redis.values.has('p:seen:b'));
    assert.equal(redis.values.get('p:seen:a'), String(NOW));
  });

  it('are given back also when they are granted after that', async () => {
    const letGo = redis.holdBack();
    const { heldElsewhere, release } = await claim(['a']);
    assert.deepEqual(heldElsewhere, []);
    release();
    letGo();
    await until('it was given back', () => redis.sent.includes('DEL'));
    assert.deepEqual((await claim(['a'], NOW + 5)).heldElsewhere, []);
  });
});
