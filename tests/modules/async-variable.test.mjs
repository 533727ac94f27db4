import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { after, afterEach, beforeEach, describe, it, mock } from 'node:test';
import { until } from '../harness/process/until.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

// The values of a call cannot be seen from outside of the server, nor can the storage behind them.
describe('A variable of a call', () => {
  const modules = new ServerModules();
  const { createAsyncVariable, KEPT_AFTER_RUN_MS } = modules.load('async/async-variable');
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => {
    mock.timers.tick(KEPT_AFTER_RUN_MS);
    mock.timers.reset();
  });
  after(() => modules.dispose());

  /** Begins work that nobody awaits; it reads the variable once it is released. */
  function leaveBehind(variable, around = null) {
    const { promise, resolve } = withResolver();
    const get = () => variable.get();
    const read = promise.then(() => (around ? around.run('around', get) : get()));
    return () => {
      resolve();
      return read;
    };
  }

  it('has its value in all that the call awaits, and none outside', async () => {
    const variable = createAsyncVariable();
    const seen = await variable.run('one', async () => {
      await Promise.resolve();
      return variable.get();
    });
    assert.deepEqual([seen, variable.get()], ['one', undefined]);
  });

  it('has the innermost value of its own', () => {
    const [one, other] = [createAsyncVariable(), createAsyncVariable()];
    const seen = one.run('outer', () =>
      other.run('other', () => [one.get(), one.run('inner', () => one.get()), other.get()]),
    );
    assert.deepEqual(seen, ['outer', 'inner', 'other']);
  });

  it('keeps calls at the same time apart', async () => {
    const variable = createAsyncVariable();
    const call = async (value) => {
      await Promise.resolve();
      return variable.get() === value;
    };
    const calls = [1, 2, 3].map((value) => variable.run(value, () => call(value)));
    assert.deepEqual(await Promise.all(calls), [true, true, true]);
  });

  it('hands on the results and errors of the work', async () => {
    const variable = createAsyncVariable();
    const fail = () => {
      throw new Error('it failed');
    };
    assert.equal(
      variable.run(1, () => 'result'),
      'result',
    );
    assert.throws(() => variable.run(1, fail), /it failed/);
    await assert.rejects(
      variable.run(1, async () => fail()),
      /it failed/,
    );
  });

  it('keeps its value for a while in work that nobody awaits', async () => {
    const variable = createAsyncVariable();
    const read = variable.run('value', () => leaveBehind(variable));
    mock.timers.tick(KEPT_AFTER_RUN_MS - 1);
    assert.equal(await read(), 'value');
  });

  it('is off once no work has run for that long', async () => {
    const variable = createAsyncVariable();
    const read = variable.run('value', () => leaveBehind(variable));
    mock.timers.tick(KEPT_AFTER_RUN_MS);
    assert.equal(await read(), undefined);
  });

  it('stays off in work from before, once other work has switched it on again', async () => {
    const variable = createAsyncVariable();
    const read = variable.run('value', () => leaveBehind(variable));
    mock.timers.tick(KEPT_AFTER_RUN_MS);
    variable.run('another', () => variable.get());
    assert.equal(await read(), undefined);
    const nested = variable.run('value', () => leaveBehind(variable, createAsyncVariable()));
    mock.timers.tick(KEPT_AFTER_RUN_MS);
    variable.run('another', () => variable.get());
    assert.equal(await nested(), undefined, 'nor in a run of another variable there');
  });

  it('stays on as long as any work runs, however that ends', async () => {
    const variable = createAsyncVariable();
    for (const settle of ['resolve', 'reject']) {
      const work = withResolver();
      const running = createAsyncVariable().run('other', () => work.promise);
      const read = variable.run('value', () => leaveBehind(variable));
      mock.timers.tick(2 * KEPT_AFTER_RUN_MS);
      assert.equal(await read(), 'value', settle);
      work[settle]();
      await running.catch(() => undefined);
      const late = variable.run('value', () => leaveBehind(variable));
      mock.timers.tick(KEPT_AFTER_RUN_MS);
      assert.equal(await late(), undefined, settle);
    }
  });
});

describe('A variable of a call that has ended', () => {
  const modules = new ServerModules();
  const { createAsyncVariable, KEPT_AFTER_RUN_MS } = modules.load('async/async-variable');
  after(() => modules.dispose());

  it('does not keep what the work around it knew', async () => {
    const request = new AsyncLocalStorage();
    let finalized = false;
    const registry = new FinalizationRegistry(() => {
      finalized = true;
    });
    const logIn = () => {
      const ctx = { password: 'secret' };
      registry.register(ctx);
      request.run(ctx, () => createAsyncVariable().run('login', () => ctx.password.length));
    };
    const began = performance.now();
    logIn();
    await until('the request is forgotten', () => {
      collectGarbage();
      return finalized;
    });
    // A timer would hold it until it fires.
    assert.ok(performance.now() - began < KEPT_AFTER_RUN_MS);
  });
});

function withResolver() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
