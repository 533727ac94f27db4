import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as wasm from '../../pkg/magic_sessionmanager.js';
import { Core, ZERO_KEY, makeCore, parseSettings } from '../harness/core/core.mjs';
import { Random, seedOfRun } from '../harness/core/random.mjs';
import { literalsOf } from '../harness/core/types.mjs';

/** For how long it runs; `FUZZ_SECONDS=600 SEED=1 node --test tests/boundary/fuzz.test.mjs` runs longer. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 5);

/** Is part of every text that stands for a secret, and of no message. */
const SECRET = 'hunter2';

/** Is thrown by hostile values. */
const FROM_A_TRAP = new Error(SECRET);

/** They repeat what stands in an option that is no secret, so that people find it. */
const SHOW_OPTIONS = ['forecastLogins', 'parseSettings', 'simulate', 'impact'];

const NOW = 1_700_000_000_000;
const CORPUS = readFileSync(new URL('../corpus/envelopes.txt', import.meta.url), 'utf8').split(
  '\n',
);
const CODES = literalsOf('CoreErrorCode');
const WORDS = [
  ...['active', 'inactive', 'terminated', 'loggedIn', 'requestSeen', 'terminateRequested', 'admin'],
  ...['accessToken', 'refreshToken', 'configured', 'derived', '__proto__', 'constructor', ''],
  ...['0'.repeat(32), ZERO_KEY, `${ZERO_KEY},${ZERO_KEY}`, `${SECRET}${ZERO_KEY}`, SECRET],
];
const NAMES = [
  ...['state', 'type', 'reason', 'kind', 'key', 'secret', 'previous', 'previousSecret', 'length'],
  ...['loggedInAtMs', 'lastSeenAtMs', 'lastTouchedAtMs', 'terminatedAtMs', '__proto__', 'x'],
  ...['states', 'sessionId', 'notBefore'],
  ...wasm.describeSettings().map(({ name }) => name),
];
const NUMBERS = [
  ...[0, -0, 1, 2, 3, -1, 0.5, NOW, NOW + 1, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e300, 5e-324],
  ...[Number.NaN, Infinity, -Infinity],
];

/** Makes values of every kind, JSON or not, near to what the functions take and far from it. */
class Values {
  constructor(random) {
    this.random = random;
  }

  any(depth = 3) {
    const { random } = this;
    const makers = [
      () => this.text(),
      () => this.text(),
      () => random.pick(NUMBERS),
      () => random.pick(NUMBERS),
      () => random.pick([true, false, null, undefined]),
      () => (depth > 0 ? this.object(depth - 1) : {}),
      () => (depth > 0 ? this.object(depth - 1) : {}),
      () => (depth > 0 ? this.list(depth - 1) : []),
      () => this.odd(),
    ];
    return random.pick(makers)();
  }

  text() {
    const { random } = this;
    const makers = [
      () => random.pick(WORDS),
      () => random.pick(CORPUS),
      () => this.mutated(random.pick([...WORDS, ...CORPUS])),
      () => SECRET + random.text(random.below(50)),
      () =>
        random.pick([`${SECRET}\ud800`, '\udfff', SECRET.repeat(random.below(50) ? 9 : 20_000)]),
    ];
    return random.pick(makers)();
  }

  mutated(text) {
    const at = this.random.below(text.length + 1);
    return text.slice(0, at) + this.random.text(this.random.below(3)) + text.slice(at + 1);
  }

  object(depth) {
    const entries = Array.from({ length: this.random.below(7) }, () => [
      this.random.pick(NAMES),
      this.any(depth),
    ]);
    return Object.fromEntries(entries);
  }

  list(depth) {
    return Array.from({ length: this.random.below(5) }, () => this.any(depth));
  }

  /** Gives what JSON does not have: symbols, functions, proxies and getters that throw, and the like. */
  odd() {
    const fail = () => {
      throw FROM_A_TRAP;
    };
    const makers = [
      () => Symbol(SECRET),
      () => () => SECRET,
      () => 2n ** 64n,
      () => new Date(NOW),
      () => new Map([[SECRET, SECRET]]),
      () => new String(ZERO_KEY),
      () => new Array(this.random.below(50) ? 5 : 10 ** 6),
      () => Object.create(null),
      () => new Proxy({}, { ownKeys: fail, get: fail }),
      () => new Proxy([], { ownKeys: fail, get: fail }),
      () => Object.defineProperty({}, 'kind', { enumerable: true, get: fail }),
      () => Object.defineProperty([{}], '0', { enumerable: true, get: fail }),
      () => ({ valueOf: fail, toString: fail, [Symbol.toPrimitive]: fail }),
      () => revoked({}),
      () => revoked([]),
      () => new Uint8Array(this.random.below(3)),
      () => new Float64Array(this.random.below(3)),
      () => new Proxy(new Uint8Array(1), { get: fail, getPrototypeOf: fail }),
      () => new Proxy(new Float64Array(1), { get: fail }),
      () => Object.create(Uint8Array.prototype),
      () => Object.defineProperty(new Float64Array(1), 'length', { value: 1e9 }),
    ];
    return this.random.pick(makers)();
  }

  arguments(count) {
    return Array.from({ length: this.random.below(8) ? count : this.random.below(7) }, () =>
      this.any(),
    );
  }
}

/** Makes a proxy of which nothing can be asked any more. */
function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Lists every function that the module exports, and every method of a core, by name. */
function targets(core) {
  const functions = Object.entries(wasm)
    .filter(
      ([name, value]) =>
        typeof value === 'function' && !/^(default|initSync|__wbg_reset_state|Core)$/.test(name),
    )
    .map(([name, call]) => ({ name, count: call.length, call }));
  const methods = Object.getOwnPropertyNames(Core.prototype)
    .filter((name) => !/^(constructor|free|__.*)$/.test(name))
    .map((name) => ({
      name: `Core.${name}`,
      count: Core.prototype[name].length,
      call: (...given) => core[name](...given),
    }));
  const constructor = {
    name: 'Core',
    count: 1,
    call: (key) => new Core(parseSettings({}), key).free(),
  };
  return [...functions, ...methods, constructor];
}

/** Fails unless a call gave a value or threw an error of ours that says nothing secret. */
function check({ name, call }, given, context) {
  try {
    call(...given);
  } catch (error) {
    assert.ok(!(error instanceof WebAssembly.RuntimeError), `${context}: trap: ${error.message}`);
    assert.equal(error?.name, 'CoreError', `${context}: ${error}`);
    assert.ok(CODES.includes(error.code), `${context}: code ${error.code}`);
    assert.doesNotMatch(error.message, /[\r\n]/, context);
    if (!SHOW_OPTIONS.includes(name))
      assert.ok(!error.message.includes(SECRET), `${context}: ${error.message}`);
  }
}

describe('Every exported function', () => {
  it(`takes any values for ${SECONDS} s without a trap, a foreign error or a shown secret`, (t) => {
    const seed = seedOfRun();
    t.diagnostic(`SEED=${seed}`);
    const values = new Values(new Random(seed));
    const core = makeCore();
    const all = targets(core);
    assert.ok(all.length > 10);
    const end = performance.now() + SECONDS * 1000;
    let round = 0;
    for (; performance.now() < end; round += 1) {
      const target = values.random.pick(all);
      check(target, values.arguments(target.count), `SEED=${seed}, round ${round}, ${target.name}`);
    }
    t.diagnostic(`${round} calls of ${all.length} functions`);
    const place = ['0'.repeat(32), 'accessToken'];
    assert.equal(core.open(...place, core.seal(...place, 'still at work')), 'still at work');
  });
});
