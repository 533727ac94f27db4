import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

// What is lost by a trap, and how often a file is tried, cannot be told from outside.
describe('A file that is followed', () => {
  const modules = new ServerModules();
  const { followFile, NO_FACTS, NotNow, WrongContent } = modules.load(
    'services/geography/followed-file',
  );
  let folder;
  let file;
  let loads;
  let reports;
  let outcome;
  let isLost;
  let followed;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-followed-'));
    file = path.join(folder, 'list.txt');
    [loads, reports, outcome, isLost] = [0, [], null, false];
    followed = followFile({
      option: 'geo.lists.vpn',
      path: file,
      load: async () => {
        loads += 1;
        if (outcome) throw outcome;
        isLost = false;
        return { ...NO_FACTS, ranges: loads };
      },
      isLost: () => isLost,
      report: (problem, error, isKept) => reports.push([problem, isKept]),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  after(() => modules.dispose());

  const write = (text) => writeFileSync(file, text);
  const check = async (times = 1) => {
    for (let done = 0; done < times; done += 1) await followed.check();
    return followed.view();
  };

  it('is read at once, and then when it has changed and rests', async () => {
    write('a');
    assert.equal((await check()).ranges, 1);
    assert.equal((await check(3)).ranges, 1);
    for (const text of ['ab', 'abc', 'abcd']) {
      write(text);
      assert.equal((await check()).ranges, 1, text);
    }
    assert.equal((await check()).ranges, 2);
    assert.equal((await check(3)).ranges, 2);
    assert.deepEqual(reports, []);
  });

  it('leaves the last good version in use where the new one has another content', async () => {
    write('a');
    await check();
    outcome = new WrongContent('no network');
    write('ab');
    const { ranges, loadedAt, problem } = await check(5);
    assert.deepEqual([ranges, problem, loads], [1, 'wrong_content', 2]);
    assert.ok(loadedAt);
    assert.deepEqual(reports, [['wrong_content', true]]);
    rmSync(file);
    assert.equal((await check(2)).problem, 'missing');
    outcome = null;
    write('a');
    assert.deepEqual((await check(2)).problem, null);
    assert.deepEqual(reports.slice(1), [['missing', true]]);
  });

  it('says that nothing is in use where memory has lost what was read, and the file is broken', async () => {
    write('a');
    await check();
    outcome = new WrongContent('no network');
    write('ab');
    await check(2);
    isLost = true;
    const { ranges, loadedAt, problem } = await check(5);
    assert.deepEqual([ranges, loadedAt, problem], [null, null, 'wrong_content']);
    assert.deepEqual(reports.at(-1), ['wrong_content', false]);
    assert.equal(loads, 3);
  });

  it('is read again where memory has lost it', async () => {
    write('a');
    await check();
    isLost = true;
    assert.equal((await check()).ranges, 2);
  });

  it('is tried three times where its reading fails for another reason', async () => {
    write('a');
    outcome = new Error('the core was replaced');
    assert.equal((await check(9)).problem, 'unreadable');
    assert.equal(loads, 3);
    write('ab');
    outcome = null;
    assert.equal((await check()).problem, null);
  });

  it('is tried again after each success', async () => {
    for (let round = 0; round < 5; round += 1) {
      outcome = null;
      write('a'.repeat(round + 1));
      assert.equal((await check(2)).problem, null);
      outcome = new Error('the core was replaced');
      isLost = true;
      assert.equal((await check(2)).problem, 'unreadable');
    }
  });

  it('is in order again where the version comes back that is in use', async () => {
    const [one, other] = ['one', 'other'].map((name) => path.join(folder, name));
    writeFileSync(one, 'a');
    writeFileSync(other, 'ab');
    symlinkSync(one, file);
    await check();
    outcome = Object.assign(new Error('EACCES'), { syscall: 'open' });
    rmSync(file);
    symlinkSync(other, file);
    assert.equal((await check(2)).problem, 'unreadable');
    outcome = null;
    rmSync(file);
    symlinkSync(one, file);
    assert.equal((await check(2)).problem, null);
  });

  it('is tried as long as the reason is not its own', async () => {
    write('a');
    outcome = new NotNow('the tables cannot be read');
    await check(9);
    assert.equal(loads, 9);
  });

  it('is tried as long as the system does not let it be read', async () => {
    write('a');
    outcome = Object.assign(new Error('EMFILE'), { syscall: 'open' });
    await check(9);
    assert.equal(loads, 9);
    assert.deepEqual(reports, [['unreadable', false]]);
  });

  it('is a regular file', async () => {
    mkdirSync(file);
    assert.equal((await check()).problem, 'unreadable');
    assert.equal(loads, 0);
  });
});
