import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  clock,
  createMemoryLimits,
  instancesOver,
  LimitingInstance,
  SharedStore,
} from '../harness/modules/limiting-instances.mjs';
import { until } from '../harness/process/until.mjs';

const BURST = 60;

/** The failed logins at once by a name that no account has, and the time in which one is earned. */
const BY_NAME = 10;
const EARNED_MS = 960_000;

const IP = '192.0.2.1';

const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

/** Every way in which Redis can fail an instance. */
const AWAY = ['away', 'failing', 'hanging'];

describe('Limits on three instances', () => {
  let shared, instances, a, b, c;
  beforeEach(() => {
    shared = new SharedStore();
    instances = instancesOver(shared, 3);
    [a, b, c] = instances;
  });

  const useAll = async (times) => sum(await Promise.all(instances.map((one) => one.use(times))));

  it('allow no more than one would, however many requests come at once', async () => {
    assert.equal(await useAll(50), BURST);
    clock.nowMs += 5000;
    assert.equal(await useAll(50), 5);
  });

  it('let as many guesses through together as one would, however many come at once', async () => {
    const guesses = instances.flatMap((one) =>
      Array.from({ length: 20 }, () => one.logIn('ada', IP, 'failed')),
    );
    const tried = (await Promise.all(guesses)).filter(Boolean);
    assert.equal(tried.length, BY_NAME);
  });

  it('let everyone in who has the right password, however many come at once', async () => {
    const logins = instances.flatMap((one) =>
      Array.from({ length: 30 }, (_, place) => one.logIn(`ada${place}`, IP, 'succeeded')),
    );
    assert.ok((await Promise.all(logins)).every(Boolean));
  });

  for (const state of AWAY) {
    it(`share the limit equally while Redis is ${state}`, async () => {
      shared.state = state;
      for (const one of instances) assert.equal(await one.use(BURST), BURST / 3);
      clock.nowMs += 9000;
      assert.equal(await useAll(BURST), 9);
      for (const one of instances)
        assert.equal(await one.failUntilLimited('bob', IP), Math.floor(BY_NAME / 3));
    });

    it(`count for all, when it is back, what happened while Redis was ${state}`, async () => {
      shared.state = state;
      for (const one of instances) assert.equal(await one.use(10), 10);
      for (const one of [a, b]) assert.ok(await one.logIn('carl', IP, 'failed'));
      shared.empty();
      shared.state = 'there';
      // An instance that has not told yet still goes by its own share.
      await until('all have told what they did', async () => {
        const others = instances.map((one, place) => one.quotas.use(100 + place));
        return (await Promise.all(others)).every(({ remaining }) => remaining > BURST / 3);
      });
      const left = await useAll(BURST);
      assert.equal(left, BURST - 30);
      assert.equal(await c.failUntilLimited('carl', IP), BY_NAME - 2);
    });
  }

  for (const state of AWAY) {
    it(`share what is left of the limit when Redis is ${state}`, async () => {
      assert.equal(await a.use(30), 30);
      for (let time = 0; time < 4; time += 1) assert.ok(await b.logIn('gina', IP, 'failed'));
      await shared.settled();
      shared.state = state;
      assert.equal(await useAll(BURST), BURST - 30);
      for (const one of instances) assert.equal(await one.failUntilLimited('gina', IP), 1);
    });
  }

  it('keep to what they have decided by themselves, whatever they hear of others', async () => {
    shared.state = 'away';
    assert.equal(await a.use(BURST), BURST / 3);
    a.hear({ key: 'user:1', to: null });
    assert.equal(await a.use(1), 0);
  });

  it('know what others did while they were alone themselves, when all are', async () => {
    // Whoever lacks Redis for a moment decides by itself, and tells afterwards.
    shared.state = 'failing';
    assert.equal(await a.use(1, 2), 1);
    shared.state = 'there';
    assert.equal(await b.use(30), 30);
    await until('the one has told', async () => (await a.quotas.use(3)).remaining > BURST / 3);
    await shared.settled();
    shared.state = 'away';
    assert.equal(await useAll(BURST), BURST - 30);
  });

  it('share what is left when Redis goes away a second time', async () => {
    shared.state = 'away';
    assert.equal(await b.use(15), 15);
    assert.equal(await a.use(3), 3);
    shared.state = 'there';
    await until('all have told', async () => {
      const others = instances.map((one, place) => one.quotas.use(100 + place));
      return (await Promise.all(others)).every(({ remaining }) => remaining > BURST / 3);
    });
    await shared.settled();
    shared.state = 'away';
    assert.equal(await useAll(BURST), BURST - 18);
  });

  it('keep a name locked that Redis knew to be, when that goes away', async () => {
    assert.equal(await a.failUntilLimited('dora', IP), BY_NAME);
    shared.state = 'away';
    assert.equal(await a.logIn('dora', IP, 'failed'), false);
  });

  it('do not ask a Redis at every request that does not answer', async () => {
    shared.state = 'hanging';
    await a.use(100);
    assert.ok(shared.commands <= 2, `${shared.commands} commands`);
  });

  for (const text of ['', '{', 'null', '[]', '{"atMs":-1,"ticks":0}', '1,2']) {
    it(`take what nobody can read for nothing: ${text}`, async () => {
      shared.corrupt(text);
      assert.equal(await a.use(1), 1);
      assert.equal(await a.logIn('fred', IP, 'failed'), true);
    });
  }
});

describe('Guesses on several instances without Redis', () => {
  const HOURS = 24;

  /** How many guesses have been tried by each quarter of an hour, wherever one is allowed. */
  async function triedOver(instances, spent) {
    const tried = [];
    let sum = spent;
    for (let quarter = 0; quarter < 4 * HOURS; quarter += 1) {
      for (const one of instances) sum += await one.failUntilLimited('ada', IP);
      tried.push(sum);
      clock.nowMs += 900_000;
    }
    return tried;
  }

  for (const count of [2, 3, 4, 7]) {
    for (const spent of [0, 1, 3, 5]) {
      it(`are never more than on one: ${spent} before, then on ${count}`, async () => {
        const shared = new SharedStore();
        const instances = instancesOver(shared, count);
        const alone = new LimitingInstance();
        for (let time = 0; time < spent; time += 1) {
          assert.ok(await instances[0].logIn('ada', IP, 'failed'));
          assert.ok(await alone.logIn('ada', IP, 'failed'));
        }
        await shared.settled();
        shared.state = 'away';
        const beganAtMs = clock.nowMs;
        const together = await triedOver(instances, spent);
        clock.nowMs = beganAtMs;
        const onOne = await triedOver([alone], spent);
        const first = together.findIndex((sum, step) => sum > onOne[step]);
        assert.equal(first, -1, `${together[first]} rather than ${onOne[first]} at ${first}`);
        assert.ok(together.at(-1) > onOne.at(-1) / 2, `only ${together.at(-1)} of ${onOne.at(-1)}`);
      });
    }
  }

  it('hold no address that has not failed, however many instances there are', async () => {
    for (const count of [2, 40, 1000, 600_000]) {
      const shared = new SharedStore();
      const one = new LimitingInstance(shared, count);
      shared.state = 'away';
      assert.ok(await one.logIn('bea', IP, 'succeeded'));
      assert.ok(await one.logIn('bea', IP, 'failed'));
    }
  });

  it('cost nothing if the password is right', async () => {
    const shared = new SharedStore();
    const [one] = instancesOver(shared, 4);
    shared.state = 'away';
    for (let time = 0; time < 50; time += 1) assert.ok(await one.logIn('bea', IP, 'succeeded'));
  });
});

describe('Limits on one instance', () => {
  it('are those of one', async () => {
    const alone = new LimitingInstance();
    assert.equal(await alone.use(100), BURST);
    assert.equal(await alone.failUntilLimited('ada', IP), BY_NAME);
  });

  it('count a login that was cut short neither for nor against anybody', async () => {
    const alone = new LimitingInstance();
    for (let time = 0; time < 50; time += 1) assert.ok(await alone.logIn('ada', IP, 'undecided'));
    assert.equal(await alone.failUntilLimited('ada', IP), BY_NAME);
  });

  it('count a login that never ends as failed', async () => {
    const alone = new LimitingInstance();
    for (let time = 0; time < BY_NAME; time += 1)
      assert.ok('end' in (await alone.begin('ada', IP)));
    clock.nowMs += EARNED_MS;
    assert.equal(await alone.failUntilLimited('ada', IP), 1);
  });
});

describe('The memory of limits', () => {
  const CAPACITY = 100;
  const HOUR_MS = 3_600_000;

  const textsOf = (memory, keys) => memory.read(keys, clock.nowMs);

  it('holds no more than it may, and gives up what is oldest', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const keys = Array.from({ length: 10 * CAPACITY }, (_, place) => `key:${place}`);
    for (const key of keys) {
      memory.put(key, { text: key, forgetAtMs: clock.nowMs + HOUR_MS }, clock.nowMs);
    }
    const held = (await textsOf(memory, keys)).filter((text) => text !== null);
    assert.deepEqual(held, keys.slice(-CAPACITY));
  });

  it('gives up what may be forgotten before anything else', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const locks = Array.from({ length: CAPACITY / 2 }, (_, place) => `key:lock ${place}`);
    for (const key of locks) {
      memory.put(key, { text: key, forgetAtMs: clock.nowMs + HOUR_MS }, clock.nowMs);
    }
    for (let place = 0; place < 50 * CAPACITY; place += 1) {
      clock.nowMs += 10;
      memory.put(`key:${place}`, { text: 'brief', forgetAtMs: clock.nowMs + 100 }, clock.nowMs);
    }
    assert.deepEqual(await textsOf(memory, locks), locks);
  });

  it('makes all changes or none', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const to = { text: 'new', forgetAtMs: clock.nowMs + HOUR_MS };
    memory.put('key:b', { ...to, text: 'other' }, clock.nowMs);
    const changes = ['key:a', 'key:b'].map((key) => ({ key, from: null, to }));
    assert.equal(await memory.swap(changes, clock.nowMs), false);
    assert.deepEqual(await textsOf(memory, ['key:a', 'key:b']), [null, 'other']);
    changes[1].from = 'other';
    assert.equal(await memory.swap(changes, clock.nowMs), true);
    assert.deepEqual(await textsOf(memory, ['key:a', 'key:b']), ['new', 'new']);
  });

  it('never gives up what must stay: further keys share entries instead', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const entry = (text) => ({ text, forgetAtMs: clock.nowMs + HOUR_MS, mustStay: true });
    const locks = Array.from({ length: CAPACITY }, (_, place) => `key:lock ${place}`);
    for (const key of locks) memory.put(key, entry(key), clock.nowMs);
    const further = Array.from({ length: 50 * CAPACITY }, (_, place) => `key:further ${place}`);
    for (const key of further) memory.put(key, entry('shared'), clock.nowMs);
    assert.deepEqual(await textsOf(memory, locks), locks);
    const texts = await textsOf(memory, further);
    assert.ok(texts.every((text) => text === 'shared'));
    assert.deepEqual(
      await textsOf(memory, ['other:further 1']),
      [null],
      'each kind has its own room',
    );
    clock.nowMs += 2 * HOUR_MS;
    assert.deepEqual(await textsOf(memory, further.slice(0, 3)), [null, null, null]);
  });
});
