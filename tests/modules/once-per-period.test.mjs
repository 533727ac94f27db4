import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const PERIOD_MS = 1000;
const CAPACITY = 100;

// Hours cannot be waited for, and neither can a full memory.
describe('A name', () => {
  const modules = new ServerModules();
  const { createOncePerPeriod } = modules.load('async/once-per-period');
  let now;
  let passes;
  beforeEach(() => {
    now = 0;
    modules.time.monotonicMs = () => now;
    passes = createOncePerPeriod(PERIOD_MS, CAPACITY);
  });
  after(() => modules.dispose());

  it('passes once per period', () => {
    assert.deepEqual([passes('a'), passes('a'), passes('b')], [true, false, true]);
    now = PERIOD_MS - 1;
    assert.equal(passes('a'), false);
    now = PERIOD_MS;
    assert.deepEqual([passes('a'), passes('a')], [true, false]);
  });

  it('is forgotten where there are too many, the oldest first', () => {
    for (let number = 0; number <= CAPACITY; number += 1) passes(`name${number}`);
    assert.equal(passes(`name${CAPACITY}`), false);
    assert.equal(passes('name1'), false);
    assert.equal(passes('name0'), true);
  });
});
