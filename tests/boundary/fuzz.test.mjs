import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as wasm from '../../pkg/magic_sessionmanager.js';
import { Core, Geography, makeCore } from '../harness/core/core.mjs';
import { HostileValues, SECRET } from '../harness/core/hostile-values.mjs';
import { Random, seedOfRun } from '../harness/core/random.mjs';
import { departuresOfResult, literalsOf } from '../harness/core/types.mjs';
import { CALLS } from '../harness/core/valid-calls.mjs';
import { ValidValues } from '../harness/core/valid-values.mjs';

/** The calls of each function; `FUZZ_CALLS=100000 SEED=1 node --test tests/boundary/fuzz.test.mjs` makes more. */
const ROUNDS = Number(process.env.FUZZ_CALLS ?? 2000);

/** Functions that take long, and one whose long result takes long to compare, are called less often. */
const RARE = { forecastLogins: 0.1, describeSettings: 0.01 };

/** The calls under the same settings. */
const ROUNDS_PER_CORE = 50;

/**
 * The least shares of accepted and of refused calls. Half of the calls are valid, so a generator has
 * decayed where fewer than 30 % get in. The other half differ in one place. Functions that take any
 * text refuse few of them.
 */
const LEAST_ACCEPTED = 0.3;
const LEAST_REFUSED = 0.05;

/** Their messages repeat what stands in an option that is no secret, so that people find it. */
const SHOW_OPTIONS = ['Core', 'forecastLogins', 'parseSettings', 'simulate', 'impact'];

const CODES = literalsOf('CoreErrorCode');
const CLASSES = { Core, Geography };
const NAMES = namesOfExports();

/** Lists every function that the module exports, and every method of its classes, by name. */
function namesOfExports() {
  const functions = Object.keys(wasm).filter(
    (name) =>
      typeof wasm[name] === 'function' && !/^(default|initSync|__wbg_reset_state)$/.test(name),
  );
  const methods = Object.values(CLASSES).flatMap(({ name: owner, prototype }) =>
    Object.getOwnPropertyNames(prototype)
      .filter((name) => !/^(constructor|free|__.*)$/.test(name))
      .map((name) => `${owner}.${name}`),
  );
  return [...functions, ...methods];
}

/** Calls a function; an object that it makes is freed after `look`. */
function call(name, given, { core, geography }, look) {
  const objects = { Core: core, Geography: geography };
  if (!(name in CLASSES)) {
    const [owner, method] = name.split('.');
    return look(method === undefined ? wasm[owner](...given) : objects[owner][method](...given));
  }
  const made = new CLASSES[name](...given);
  try {
    return look(made);
  } finally {
    made.free();
  }
}

/** Fails unless an error is one of ours that says nothing secret. */
function checkError(error, { name, place, context }) {
  assert.ok(!(error instanceof WebAssembly.RuntimeError), `${context}: trap: ${error?.message}`);
  assert.equal(error?.name, 'CoreError', `${context}: ${error?.stack}`);
  assert.ok(CODES.includes(error.code), `${context}: code ${error.code}`);
  assert.doesNotMatch(error.message, /[\r\n]/, context);
  if (!mayBeShown(name, place))
    assert.ok(!error.message.includes(SECRET), `${context}: ${error.message}`);
}

/** Tells whether the changed place is an option that is no secret. */
function mayBeShown(name, [argument, option = '']) {
  return SHOW_OPTIONS.includes(name) && argument === '0' && !option.startsWith('encryptionKey');
}

function checkResult(result, given, { name, cores, context }) {
  if (!(name in CLASSES)) assert.deepEqual(departuresOfResult(name, result), [], context);
  for (const number of numbersOf(result))
    assert.ok(Number.isInteger(number), `${context}: ${number}`);
  const { holds = () => true } = CALLS[name];
  assert.ok(holds(result, given, cores), `${context}: ${JSON.stringify(result)}`);
}

/** Lists the numbers of a result. */
function numbersOf(value) {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersOf);
}

/** Makes a core under other settings, one whose key is a previous key of it, and a geography. */
function makeCores(values) {
  const former = values.key();
  return {
    core: makeCore(values.options(), { ...values.keySource(), previous: [former] }),
    former: makeCore({}, { kind: 'configured', key: former }),
    geography: new Geography(values.tables()),
  };
}

/** Calls one function at random, and counts the calls that it accepts. */
class Trial {
  accepted = 0;
  rounds = 0;

  constructor(name, seed) {
    this.name = name;
    this.seed = seed;
    this.random = new Random(seed);
    this.values = new ValidValues(this.random);
    this.hostile = new HostileValues(this.random);
  }

  run(rounds) {
    while (this.rounds < rounds) {
      const cores = makeCores(this.values);
      const end = Math.min(this.rounds + ROUNDS_PER_CORE, rounds);
      for (; this.rounds < end; this.rounds += 1) this.#round(cores);
      this.takesArguments = CALLS[this.name].make(this.values, cores).length > 0;
      for (const one of Object.values(cores)) one.free();
    }
  }

  #round(cores) {
    const { name, seed, rounds } = this;
    const valid = CALLS[name].make(this.values, cores);
    const isValid = this.random.below(2) === 1;
    const { given, place } = isValid ? { given: valid, place: [] } : this.hostile.change(valid);
    const context = `SEED=${seed}, ${name}, round ${rounds}, changed at [${place}]`;
    try {
      call(name, given, cores, (result) => {
        this.accepted += 1;
        checkResult(result, given, { name, cores, context });
      });
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      checkError(error, { name, place, context });
      assert.ok(!isValid, `${context}: a valid call: ${error.message}`);
    }
  }
}

describe('Every exported function', () => {
  const seed = seedOfRun();

  it('has a generator of valid calls', () => {
    assert.deepEqual([...NAMES].sort(), Object.keys(CALLS).sort());
  });

  for (const name of NAMES) {
    it(`accepts valid calls, and survives others (${name})`, (t) => {
      const trial = new Trial(name, seed);
      trial.run(Math.ceil(ROUNDS * (RARE[name] ?? 1)));
      const { accepted, rounds, takesArguments } = trial;
      const count = `SEED=${seed}, ${rounds} calls, ${accepted} accepted`;
      t.diagnostic(count);
      assert.ok(accepted >= LEAST_ACCEPTED * rounds, count);
      if (takesArguments) assert.ok(rounds - accepted >= LEAST_REFUSED * rounds, count);
    });
  }

  it('leaves the module at work', () => {
    const place = ['0'.repeat(32), 'accessToken'];
    const core = makeCore();
    assert.equal(core.open(...place, core.seal(...place, 'still at work')), 'still at work');
  });
});
