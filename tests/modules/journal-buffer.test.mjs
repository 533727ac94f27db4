import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const entries = (count, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ userId: from + index }));
const numbersIn = (batches) => batches.flat().map(({ userId }) => userId);

// A database that fails when it is told to cannot be had from outside.
describe('The buffer of the journal', () => {
  let modules;
  before(() => (modules = new ServerModules()));
  after(() => modules.dispose());

  let written;
  let failures;
  let losses;
  let broken;
  let buffer;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    [written, failures, losses, broken] = [[], [], [], false];
    buffer = modules.load('services/journal/journal-buffer').createJournalBuffer({
      write: async (batch) => {
        await Promise.resolve();
        if (broken) throw new Error('no database');
        written.push([...batch]);
      },
      failed: (error) => failures.push(error.message),
      lost: (count) => losses.push(count),
    });
  });
  afterEach(() => mock.timers.reset());

  it('writes many entries in one statement, within a second and in their order', async () => {
    entries(200).forEach(buffer.add);
    assert.deepEqual(written, []);
    mock.timers.tick(1000);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(written.length, 1);
    assert.deepEqual(numbersIn(written), numbersIn([entries(200)]));
  });

  it('writes more of them in statements of bounded size, none twice', async () => {
    entries(10_000).forEach(buffer.add);
    await Promise.all([buffer.flush(), buffer.flush(), buffer.flush()]);
    assert.ok(written.every((batch) => batch.length <= 250));
    assert.deepEqual(numbersIn(written), numbersIn([entries(10_000)]));
  });

  it('keeps what could not be written, says so once, and writes it later', async () => {
    broken = true;
    entries(300).forEach(buffer.add);
    await buffer.flush();
    await buffer.flush();
    assert.deepEqual(failures, ['no database']);
    broken = false;
    entries(1, 300).forEach(buffer.add);
    mock.timers.tick(1000);
    await buffer.flush();
    assert.deepEqual(numbersIn(written), numbersIn([entries(301)]));
    assert.deepEqual(losses, []);
  });

  it('holds no more than it can, and says how many are missing', async () => {
    broken = true;
    entries(50_007).forEach(buffer.add);
    await buffer.flush();
    broken = false;
    await buffer.flush();
    assert.equal(numbersIn(written).length, 50_000);
    assert.deepEqual(losses, [7]);
  });
});
