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
const ACCOUNT_LOCKS_AT = 6;
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
    assert.equal(tried.length, ACCOUNT_LOCKS_AT);
  });

  it('let everyone in who has the right password, however many come at once', async () => {
    const logins = instances.flatMap((one) =>
      Array.from({ length: 30 }, (_, place) => one.logIn(`ada${place}`, IP, 'succeeded')),
    );
    assert.ok((await Promise.all(logins)).every(Boolean));
  });

  it('hear on one of a success on another', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let time = 1; time < ACCOUNT_LOCKS_AT; time += 1)
        assert.ok(await a.logIn('eve', IP, 'failed'));
      assert.ok(await b.logIn('eve', IP, 'succeeded'));
    }
  });

  for (const state of AWAY) {
    it(`share the limit equally while Redis is ${state}`, async () => {
      shared.state = state;
      for (const one of instances) assert.equal(await one.use(BURST), BURST / 3);
      clock.nowMs += 9000;
      assert.equal(await useAll(BURST), 9);
      for (const one of instances)
        assert.equal(await one.failUntilLimited('bob', IP), ACCOUNT_LOCKS_AT / 3);
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
      assert.equal(await c.failUntilLimited('carl', IP), ACCOUNT_LOCKS_AT - 2);
    });
  }

  for (const state of AWAY) {
    it(`share what is left of the limit when Redis is ${state}`, async () => {
      assert.equal(await a.use(30), 30);
      for (let time = 0; time < 3; time += 1) assert.ok(await b.logIn('gina', IP, 'failed'));
      await shared.settled();
      shared.state = state;
      assert.equal(await useAll(BURST), BURST - 30);
      for (const one of instances) assert.equal(await one.failUntilLimited('gina', IP), 1);
    });
  }

  it('count a login elsewhere, of which they hear nothing any more, until it is given up', async () => {
    const begin = (one) => one.backOff.begin({ identifier: 'hugo', ip: IP });
    for (let time = 0; time < 3; time += 1) assert.ok('end' in (await begin(a)));
    await shared.settled();
    shared.state = 'away';
    assert.ok(await b.logIn('hugo', IP, 'failed'));
    let isGranted = false;
    const next = begin(b).then((attempt) => (isGranted = 'end' in attempt));
    await shared.settled();
    assert.equal(isGranted, false);
    clock.nowMs += 30_000;
    assert.equal(await next, true);
  });

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

  it('clear an account alone that all had failures of', async () => {
    for (let time = 0; time < 3; time += 1) assert.ok(await a.logIn('ida', IP, 'failed'));
    await shared.settled();
    shared.state = 'away';
    assert.ok(await a.logIn('ida', IP, 'succeeded'));
    assert.equal(await a.failUntilLimited('ida', IP), ACCOUNT_LOCKS_AT / 3);
  });

  it('keep an account locked that Redis knew to be, when that goes away', async () => {
    assert.equal(await a.failUntilLimited('dora', IP), ACCOUNT_LOCKS_AT);
    shared.state = 'away';
    assert.equal(await a.logIn('dora', IP, 'failed'), false);
  });

  it('do not ask a Redis at every request that does not answer', async () => {
    shared.state = 'hanging';
    await a.use(100);
    assert.ok(shared.commands <= 2, `${shared.commands} commands`);
  });

  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '{"atMs":-1,"ticks":0}',
    '{"pending":{},"record":1}',
  ]) {
    it(`take what nobody can read for nothing: ${text}`, async () => {
      shared.corrupt(text);
      assert.equal(await a.use(1), 1);
      assert.equal(await a.logIn('fred', IP, 'failed'), true);
    });
  }
});

describe('Guesses on several instances without Redis', () => {
  const MINUTES = 15;
  const STEP_MS = 500;

  /** How many guesses have been tried by each half second, wherever one is allowed. */
  async function triedOver(instances, spent) {
    const tried = [];
    let sum = spent;
    for (let atMs = 0; atMs < MINUTES * 60_000; atMs += STEP_MS) {
      for (const one of instances) sum += await one.failUntilLimited('ada', IP);
      tried.push(sum);
      clock.nowMs += STEP_MS;
    }
    return tried;
  }

  for (const count of [2, 3, 4, 7]) {
    for (const spent of [0, 1, 3, 5]) {
      it(`are never more than on one: ${spent} before, then on ${count}`, async () => {
        const shared = new SharedStore();
        const instances = instancesOver(shared, count);
        const alone = new LimitingInstance();
        // From an address that has not failed there is always one try, on each of them.
        for (const one of [instances[0], alone]) await one.logIn('eve', IP, 'failed');
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

  it('lock nobody out who has the right password', async () => {
    const shared = new SharedStore();
    const instances = instancesOver(shared, 4);
    for (let time = 0; time < 5; time += 1) {
      assert.ok(await instances[0].logIn('bea', IP, 'failed'));
    }
    await shared.settled();
    shared.state = 'away';
    const [, b] = instances;
    const beganAtMs = clock.nowMs;
    while (!(await b.logIn('bea', IP, 'succeeded'))) clock.nowMs += STEP_MS;
    assert.ok(clock.nowMs - beganAtMs < 10_000, `it took ${clock.nowMs - beganAtMs} ms`);
    for (let time = 0; time < 20; time += 1) assert.ok(await b.logIn('bea', IP, 'succeeded'));
  });
});

describe('Limits on one instance', () => {
  it('are those of one', async () => {
    const alone = new LimitingInstance();
    assert.equal(await alone.use(100), BURST);
    assert.equal(await alone.failUntilLimited('ada', IP), ACCOUNT_LOCKS_AT);
  });

  for (const spellings of [
    ['lola', 'LOLA', 'lólà', 'łola', 'ŁØLA', ' lo la', 'lola\u200b', 'ｌｏｌａ'],
    ['aeoess', 'æœß', 'ÆŒẞ'],
    ['さくら', 'サクラ', 'ｻｸﾗ'],
  ]) {
    it(`count as one what some database takes for ${spellings[0]}`, async () => {
      const alone = new LimitingInstance();
      const guesses = [...spellings, ...spellings, ...spellings, ...spellings];
      const tried = [];
      for (const guess of guesses) tried.push(await alone.logIn(guess, IP, 'failed'));
      assert.equal(tried.filter(Boolean).length, ACCOUNT_LOCKS_AT);
    });
  }

  it('count a login that was cut short neither for nor against anybody', async () => {
    const alone = new LimitingInstance();
    for (let time = 0; time < 50; time += 1) assert.ok(await alone.logIn('ada', IP, 'undecided'));
    assert.equal(await alone.failUntilLimited('ada', IP), ACCOUNT_LOCKS_AT);
  });

  for (const [when, stepMs] of [
    ['a minute later', 60_000],
    ['after the clock was set back', -3_600_000],
  ]) {
    it(`give a login up that never ends, ${when}`, async () => {
      const alone = new LimitingInstance();
      const begun = Array.from({ length: ACCOUNT_LOCKS_AT }, () =>
        alone.backOff.begin({ identifier: 'ada', ip: IP }),
      );
      for (const attempt of await Promise.all(begun)) assert.ok('end' in attempt);
      clock.nowMs += stepMs;
      assert.equal(await alone.failUntilLimited('ada', IP), ACCOUNT_LOCKS_AT);
    });
  }

  it('note no more logins of one account under way than make a difference', async () => {
    const alone = new LimitingInstance();
    const begun = Array.from({ length: 500 }, (_, host) =>
      alone.backOff.begin({ identifier: 'ada', ip: `10.0.${host >> 8}.${host & 0xff}` }),
    );
    // From an address that has not failed there is always one try.
    for (const attempt of await Promise.all(begun)) assert.ok('end' in attempt);
    const longest = Math.max(...alone.local.texts.map((text) => text.length));
    assert.ok(longest < 5000, `${longest} characters`);
  });
});

describe('The memory of limits', () => {
  const CAPACITY = 100;
  const HOUR_MS = 3_600_000;

  const textsOf = (memory, keys) => memory.read(keys, clock.nowMs);

  it('holds no more than it may, and gives up what is oldest', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const keys = Array.from({ length: 10 * CAPACITY }, (_, place) => `key ${place}`);
    for (const key of keys) {
      memory.put(key, { text: key, forgetAtMs: clock.nowMs + HOUR_MS }, clock.nowMs);
    }
    const held = (await textsOf(memory, keys)).filter((text) => text !== null);
    assert.deepEqual(held, keys.slice(-CAPACITY));
  });

  it('gives up what may be forgotten before anything else', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const locks = Array.from({ length: CAPACITY / 2 }, (_, place) => `lock ${place}`);
    for (const key of locks) {
      memory.put(key, { text: key, forgetAtMs: clock.nowMs + HOUR_MS }, clock.nowMs);
    }
    for (let place = 0; place < 50 * CAPACITY; place += 1) {
      clock.nowMs += 10;
      memory.put(`${place}`, { text: 'brief', forgetAtMs: clock.nowMs + 100 }, clock.nowMs);
    }
    assert.deepEqual(await textsOf(memory, locks), locks);
  });

  it('makes all changes or none', async () => {
    const memory = createMemoryLimits(CAPACITY);
    const to = { text: 'new', forgetAtMs: clock.nowMs + HOUR_MS };
    memory.put('b', { ...to, text: 'other' }, clock.nowMs);
    const changes = ['a', 'b'].map((key) => ({ key, from: null, to }));
    assert.equal(await memory.swap(changes, clock.nowMs), false);
    assert.deepEqual(await textsOf(memory, ['a', 'b']), [null, 'other']);
    changes[1].from = 'other';
    assert.equal(await memory.swap(changes, clock.nowMs), true);
    assert.deepEqual(await textsOf(memory, ['a', 'b']), ['new', 'new']);
  });
});
