import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';
import { until } from '../harness/process/until.mjs';

const modules = new ServerModules();
modules.time.monotonicMs = () => performance.now();
const { createTaskQueue } = modules.load('async/task-queue');

const TASKS = 10_000;

describe('A queue of tasks', () => {
  after(() => modules.dispose());

  it('runs all in order, and lets others run in between', async () => {
    const queue = createTaskQueue();
    const done = [];
    for (let task = 0; task < TASKS; task += 1) queue(() => done.push(task));
    assert.equal(done.length, 0, 'the caller goes on first');
    const seen = new Set();
    while (done.length < TASKS) {
      await new Promise((resolve) => setImmediate(resolve));
      seen.add(done.length);
    }
    assert.ok(seen.size > 100, `${seen.size} turns`);
    assert.deepEqual(done, [...done.keys()]);
  });

  it('begins no further task in a turn that has taken long', async () => {
    const queue = createTaskQueue();
    let done = 0;
    const work = () => {
      const endMs = performance.now() + 6;
      while (performance.now() < endMs);
      done += 1;
    };
    for (let task = 0; task < 5; task += 1) queue(work);
    const seen = [];
    while (done < 5) {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(done);
    }
    assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  });

  it('takes tasks again once it was empty, and those that a task adds', async () => {
    const queue = createTaskQueue();
    const done = [];
    queue(() => {
      done.push('first');
      queue(() => done.push('added'));
    });
    await until('both are done', () => done.length === 2);
    queue(() => done.push('last'));
    await until('the last is done', () => done.length === 3);
    assert.deepEqual(done, ['first', 'added', 'last']);
  });

  it('runs tasks outside of the request that added them', async () => {
    const request = new AsyncLocalStorage();
    const queue = createTaskQueue();
    const inside = await new Promise((resolve) => {
      request.run('a request', () => queue(() => resolve(request.getStore())));
    });
    assert.equal(inside, undefined);
  });
});
