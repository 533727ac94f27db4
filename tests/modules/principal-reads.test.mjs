import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
after(() => modules.dispose());
const { createPrincipalCache } = modules.load('stores/memory/principal-cache');
const { createPrincipalReads } = modules.load('services/principals/principal-reads');
const { LEASE_MS } = modules.load('services/instances/termination-feed');

let now, asked, covered, stored;
beforeEach(() => {
  [now, asked, covered] = [1_000_000, [], () => true];
  stored = { username: 'before' };
  modules.time.monotonicMs = () => now;
});

const readsWith = (maxAgeMs) =>
  createPrincipalReads({
    cache: createPrincipalCache(100, 1_000_000),
    maxAgeMs,
    covers: (sinceMs) => covered(sinceMs),
  });

const ofUser = (id = 1) => ({
  name: `user:${id}`,
  statements: 2,
  async fromDatabase() {
    asked.push(id);
    return stored === null ? null : { id, ...stored };
  },
});

/** A read whose answer the test gives itself. */
function heldRead(id = 1) {
  const held = ofUser(id);
  held.fromDatabase = () => new Promise((resolve) => (held.answer = resolve));
  return held;
}

describe('What is remembered of who asks', () => {
  it('answers until its age, and not beyond', async () => {
    const reads = readsWith(500);
    await reads.read(ofUser());
    stored = { username: 'changed by raw SQL' };
    now += 499;
    assert.equal((await reads.read(ofUser())).row.username, 'before');
    now += 1;
    assert.equal((await reads.read(ofUser())).row.username, 'changed by raw SQL');
    assert.deepEqual(asked, [1, 1]);
  });

  it('is as old as the beginning of the read that brought it', async () => {
    const reads = readsWith(500);
    const slow = heldRead();
    const answer = reads.read(slow);
    now += 400;
    slow.answer({ id: 1, username: 'before' });
    assert.equal((await answer).readAtMs, 1_000_000);
    now += 99;
    assert.equal((await reads.read(ofUser())).readAtMs, 1_000_000);
    now += 1;
    assert.equal((await reads.read(ofUser())).readAtMs, now);
  });

  it('answers beyond the lease only where the changes by others since then are known', async () => {
    const reads = readsWith(10_000);
    const since = [];
    covered = (sinceMs) => since.push(sinceMs) > 1;
    await reads.read(ofUser());
    now += LEASE_MS - 1;
    await reads.read(ofUser());
    assert.deepEqual([asked.length, since], [1, []]);
    now += 1;
    await reads.read(ofUser());
    assert.deepEqual([asked.length, since], [2, [1_000_000]], 'nothing is known of the others');
    now += LEASE_MS;
    await reads.read(ofUser());
    assert.equal(asked.length, 2, 'all is known of the others');
    assert.equal(since.at(-1), 1_000_000 + LEASE_MS);
  });

  it('is dropped one user at a time, the settings alone, or all at once', async () => {
    const reads = readsWith(500);
    const settings = { ...ofUser('settings'), name: 'settings' };
    const role = { ...ofUser('role'), name: 'role:1' };
    const readAll = async () => {
      asked = [];
      for (const read of [ofUser(1), ofUser(2), role, settings]) await reads.read(read);
      return asked;
    };
    assert.deepEqual(await readAll(), [1, 2, 'role', 'settings']);
    assert.deepEqual(await readAll(), []);
    reads.dropUser(1);
    assert.deepEqual(await readAll(), [1]);
    reads.dropSettings();
    assert.deepEqual(await readAll(), ['settings']);
    reads.dropAll();
    assert.deepEqual(await readAll(), [1, 2, 'role', 'settings']);
  });

  for (const [title, drop] of [
    ['of the user', (reads) => reads.dropUser(1)],
    ['of another user', (reads) => reads.dropUser(2)],
    ['of the settings', (reads) => reads.dropSettings()],
    ['of anything', (reads) => reads.dropAll()],
  ]) {
    it(`is not kept where a change ${title} came while it was read`, async () => {
      const reads = readsWith(500);
      const slow = heldRead();
      const answer = reads.read(slow);
      drop(reads);
      slow.answer({ id: 1, username: 'before' });
      const read = await answer;
      assert.equal(read.row.username, 'before');
      assert.equal(reads.isCurrent(read), false);
      stored = { username: 'after' };
      assert.equal((await reads.read(ofUser())).row.username, 'after');
    });
  }

  it('never is that there is no such user', async () => {
    const reads = readsWith(500);
    stored = null;
    assert.equal((await reads.read(ofUser())).row, null);
    stored = { username: 'created' };
    assert.equal((await reads.read(ofUser())).row.username, 'created');
  });

  it('never is a failure', async () => {
    const reads = readsWith(500);
    const fromDatabase = () => Promise.reject(new Error('no database'));
    await assert.rejects(reads.read({ ...ofUser(), fromDatabase }), /no database/);
    assert.equal((await reads.read(ofUser())).row.username, 'before');
  });

  it('never is a row that cannot be copied, and the request goes on with it', async () => {
    const reads = readsWith(500);
    const row = { id: 1, balance: 10n };
    const fromDatabase = async () => row;
    assert.equal((await reads.read({ ...ofUser(), fromDatabase })).row, row);
    assert.equal((await reads.read(ofUser())).row.username, 'before');
  });

  it('is each time a copy of its own', async () => {
    const reads = readsWith(500);
    for (let times = 0; times < 3; times += 1) {
      const { row } = await reads.read(ofUser());
      assert.equal(row.username, 'before');
      row.username = 'changed by the app';
    }
    assert.equal(asked.length, 1);
  });

  it('is counted', async () => {
    const reads = readsWith(500);
    for (let times = 0; times < 3; times += 1) await reads.read(ofUser());
    await reads.read(ofUser(2));
    now += 100;
    const { bytes, ...counts } = reads.view();
    assert.ok(bytes > 0);
    assert.deepEqual(counts, {
      maxAgeMs: 500,
      answers: 2,
      hits: 2,
      misses: 2,
      savedStatements: 4,
      oldestMs: 100,
    });
  });

  it('is nothing without the cache', async () => {
    const reads = readsWith(null);
    for (let times = 0; times < 3; times += 1) await reads.read(ofUser());
    assert.equal(asked.length, 3);
    assert.equal(reads.isCached, false);
    assert.equal(reads.view(), null);
  });
});

describe('An answer of one request', () => {
  it('holds until anything changes, or the lease ends', async () => {
    const reads = readsWith(null);
    const answer = await reads.read(ofUser());
    now += LEASE_MS - 1;
    assert.equal(reads.isCurrent(answer), true);
    now += 1;
    assert.equal(reads.isCurrent(answer), false);
    const another = await reads.read(ofUser());
    reads.dropUser(2);
    assert.equal(reads.isCurrent(another), false);
  });
});
