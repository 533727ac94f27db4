import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { until } from '../harness/process/until.mjs';

const WRONG = 'wrong-Password-1';

/** The guesses at once from all unknown places, at an account or at a name that no account has. */
const GUESSES = 10;

let counter = 0;

/** An address in a network that no test has used before. */
const newAddress = () => {
  counter += 1;
  return `10.${counter >> 8}.${counter & 0xff}.7`;
};

const BURST = 60;
const EARNED_EVERY_MS = 1000;

/** What a user has done on one instance before Redis is gone: more than its share. */
const SPENT = 39;

/** Gives 1 once two instances have said that they are there since some time, by this machine's clock. */
const BOTH_SINCE = `
  local shown = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  if #shown ~= 4 then return 0 end
  return (tonumber(shown[2]) > tonumber(ARGV[1]) and tonumber(shown[4]) > tonumber(ARGV[1])) and 1 or 0`;

/** Counts the keys whose name, text or stream holds a text. */
const COUNT_HOLDING = `
  local found = 0
  for _, key in ipairs(redis.call('KEYS', '*')) do
    local type = redis.call('TYPE', key).ok
    local value = type == 'string' and redis.call('GET', key) or ''
    if type == 'stream' then value = cjson.encode(redis.call('XRANGE', key, '-', '+')) end
    if string.find(key .. ' ' .. value, ARGV[1], 1, true) then found = found + 1 end
  end
  return found`;

describe('Limits on two instances with Redis', () => {
  let redis, cluster, a, b;
  before(async () => {
    redis = await RedisServer.start();
    cluster = await Cluster.start({ env: { REDIS_URL: redis.url, TRUST_PROXY: 'true' } });
    [a, b] = cluster.instances;
  });
  after(async () => {
    await cluster?.dispose();
    await redis.dispose();
  });

  const newUser = async () => (await cluster.signUp()).user.username;

  const newName = () => `nobody${process.pid}n${(counter += 1)}`;

  const guess = (instance, name) =>
    instance.users.tryLogin(name, {
      password: WRONG,
      headers: { 'x-forwarded-for': newAddress() },
    });

  const own = (instance, jwt) => instance.users.own(jwt, 'GET', '/current-session');

  /** How many more requests an answer promises. */
  const remainingOf = ({ headers }) => Number(/r=(\d+)/.exec(headers.ratelimit)[1]);

  const countOf = (answers, status) => answers.filter((answer) => answer.status === status).length;

  /** Guesses at once on both; counts what was tried. */
  async function guessOnBoth(name, times) {
    const sent = Array.from({ length: times }, () => [guess(a, name), guess(b, name)]);
    const answers = await Promise.all(sent.flat());
    assert.equal(countOf(answers, 400) + countOf(answers, 429), 2 * times);
    return countOf(answers, 400);
  }

  /** Asks at once on some instances; counts what was answered 200, and takes the time as well. */
  async function use(jwt, times, instances = [a, b]) {
    const began = performance.now();
    const sent = instances.flatMap((one) => Array.from({ length: times }, () => own(one, jwt)));
    const answers = await Promise.all(sent);
    assert.equal(countOf(answers, 200) + countOf(answers, 429), answers.length);
    return { count: countOf(answers, 200), tookMs: performance.now() - began };
  }

  /** Waits until each instance knows that there are two. */
  async function bothKnown() {
    const now = String(Date.now());
    await until('both have shown themselves again', async () => {
      const key = 'magic-sessionmanager:{sessions}:instances';
      return (await redis.command('EVAL', BOTH_SINCE, '1', key, now)) === ':1';
    });
  }

  /** Waits until both go by Redis: by its own share an instance would have less than half left. */
  async function bothAgree() {
    await until('both go by Redis', async () => {
      const users = await Promise.all([cluster.signUp(), cluster.signUp()]);
      const answers = await Promise.all([own(a, users[0].jwt), own(b, users[1].jwt)]);
      return answers.every((answer) => remainingOf(answer) > BURST / 2);
    });
  }

  /**
   * Does something until it comes out as it would on one instance. A busy machine may hold Redis up
   * for so long that an instance goes by its share for a moment; such a run shows nothing.
   */
  const exactly = (limit, everyMs, act) =>
    until('the machine is fast enough', async () => {
      const { count, tookMs } = await act();
      assert.ok(count >= limit, `${count} rather than ${limit}`);
      return count <= limit + Math.floor(tookMs / everyMs);
    });

  it('let as many guesses through as one instance, however many come at once', async () => {
    assert.equal(await guessOnBoth(await newUser(), 20), GUESSES);
    await until('the machine is fast enough for Redis', async () => {
      // An instance that Redis keeps waiting goes by its share for a moment.
      return (await guessOnBoth(newName(), 20)) === GUESSES;
    });
  });

  it('answer a user as often as one instance, however many requests come at once', async () => {
    await exactly(BURST, EARNED_EVERY_MS, async () => use((await cluster.signUp()).jwt, 50));
  });

  it('keep nothing of what was typed in Redis, and no address', async () => {
    const name = newName();
    assertStatus(await guess(a, name), 400);
    const holding = (text) => redis.command('EVAL', COUNT_HOLDING, '0', text);
    await until('Redis has counted it', async () => (await holding('limits:login-name:')) !== ':0');
    for (const text of [name, name.toLowerCase(), '127.0.0.1', '10.0.', WRONG]) {
      assert.equal(await holding(text), ':0', text);
    }
  });

  /** Does, while Redis is away, what is to be remembered and what each instance may by itself. */
  async function actAlone() {
    const name = newName();
    for (const one of [a, b, a, b]) assertStatus(await guess(one, name), 400);
    for (const one of [a, b]) {
      const act = async () => use((await cluster.signUp()).jwt, BURST, [one]);
      await exactly(BURST / 2, 2 * EARNED_EVERY_MS, act);
    }
    assert.equal(await guessOnBoth(newName(), 10), GUESSES);
    // The database counts for an account, whatever Redis does.
    assert.equal(await guessOnBoth(await newUser(), 10), GUESSES);
    return name;
  }

  /** Four of the guesses at once were made on both instances without Redis. */
  async function assertRemembered(name) {
    await bothAgree();
    const tried = await guessOnBoth(name, 10);
    assert.ok(tried <= GUESSES - 4, `${tried} guesses were tried`);
  }

  /** Does something while Redis is dead. */
  async function withoutRedis(act) {
    await redis.crash();
    try {
      await act();
    } finally {
      await redis.boot();
    }
  }

  it('share what is left of the limit when Redis dies', async () => {
    await bothAgree();
    await bothKnown();
    // One request of the other instance follows.
    const left = BURST - SPENT - 1;
    let [jwt, began] = [];
    const earned = () => Math.floor((performance.now() - began) / EARNED_EVERY_MS);
    await until('one answers so often without delay, and the other one knows of it', async () => {
      ({ jwt } = await cluster.signUp());
      began = performance.now();
      if ((await use(jwt, SPENT, [a])).count !== SPENT) return false;
      return remainingOf(await own(b, jwt)) <= left + earned();
    });
    await bothAgree();
    await withoutRedis(async () => {
      const { count } = await use(jwt, BURST);
      const most = left + earned();
      assert.ok(count <= most, `${count} were answered, and ${most} at most expected`);
      assert.ok(count >= left, `only ${count} were answered`);
    });
  });

  it('share the limit with an instance that starts while Redis is dead', async () => {
    await bothAgree();
    await bothKnown();
    await withoutRedis(async () => {
      await b.restart();
      const act = async () => use((await cluster.signUp()).jwt, BURST, [b]);
      await exactly(BURST / 2, 2 * EARNED_EVERY_MS, act);
    });
  });

  it('share the limit while Redis is dead, and agree on what happened when it is back', async () => {
    await bothAgree();
    await bothKnown();
    let name;
    await withoutRedis(async () => (name = await actAlone()));
    await assertRemembered(name);
  });

  it('share the limit while Redis hangs, and agree on what happened when it goes on', async () => {
    await bothAgree();
    await bothKnown();
    redis.pause();
    let name;
    try {
      name = await actAlone();
    } finally {
      redis.resume();
    }
    await assertRemembered(name);
  });

  // It comes last, because the number of instances is remembered for a while.
  it('let in users who have not failed, when Redis dies after forty instances were counted', async () => {
    await bothAgree();
    const key = 'magic-sessionmanager:{sessions}:instances';
    const now = String(Date.now());
    const others = Array.from({ length: 38 }, (_, place) => [now, `other ${place}`]).flat();
    await redis.command('ZADD', key, ...others);
    await until('each knows of them', async () => {
      const admin = await a.admin.login();
      return (await admin.status()).json.data.instances >= 40;
    });
    const { username } = (await cluster.signUp()).user;
    await withoutRedis(async () => {
      for (const one of [a, b]) {
        const headers = { 'x-forwarded-for': newAddress() };
        assertStatus(await one.users.tryLogin(username, { headers }), 200);
        assertStatus(await guess(one, newName()), 400);
      }
      assert.equal(await guessOnBoth((await cluster.signUp()).user.username, 10), GUESSES);
    });
  });
});
