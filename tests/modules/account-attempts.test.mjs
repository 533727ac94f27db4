import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as core from '../harness/core/core.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
process.on('exit', () => modules.dispose());
const { createAccountAttempts } = modules.load('services/login-protection/account-attempts');
const NOW = 1_700_000_000_000;
modules.time.nowMs = () => NOW;

const soon = () => new Promise((resolve) => setImmediate(resolve));

/** The row of one user, as several instances share it. */
class Row {
  version = 0;
  record = null;
  writes = 0;

  read = async () => {
    await soon();
    return {
      version: this.version,
      record: this.record,
      known: [],
      newestRevocation: 0,
      isBlocked: false,
    };
  };

  write = async (_userId, version, { record }) => {
    await soon();
    if (version !== this.version) return false;
    Object.assign(this, { version: version + 1, record, writes: this.writes + 1 });
    return true;
  };
}

const USER = { userId: 1, places: [], sessionId: null };

const instanceOver = (row) =>
  createAccountAttempts(
    core.makeCore(),
    core,
    row,
    () => false,
    () => undefined,
  );

async function attempt(instance) {
  return await instance.decide(USER, await instance.read(USER));
}

describe('Attempts at one account on several instances', () => {
  it('are no more than on one, however many come at once, and leave none under way', async () => {
    for (const count of [1, 2, 7, 40]) {
      const row = new Row();
      const instances = Array.from({ length: count }, () => instanceOver(row));
      const all = instances.flatMap((one) => Array.from({ length: 3 }, () => attempt(one)));
      const settled = await Promise.allSettled(all);
      const granted = settled.flatMap(({ value }) => (value && 'settle' in value ? [value] : []));
      assert.ok(granted.length <= 10, `${granted.length} of ${count} instances`);
      if (count < 7) assert.equal(granted.length, Math.min(10, 3 * count));
      for (const one of granted) await one.settle('failed');
      const key = instances[0].keyOf(1, 'unknown');
      assert.ok(instances.every((one) => !one.isUnderWay(key)));
    }
  });

  it('give back what has not failed', async () => {
    const row = new Row();
    const instances = [instanceOver(row), instanceOver(row)];
    for (let time = 0; time < 30; time += 1) {
      const granted = await attempt(instances[time % 2]);
      assert.ok('settle' in granted);
      await granted.settle(time % 3 ? 'undecided' : 'succeeded');
    }
    assert.equal(row.record, 'c0,0,0');
  });

  it('write nothing once they are held', async () => {
    const row = new Row();
    const one = instanceOver(row);
    for (let time = 0; time < 12; time += 1) await attempt(one);
    const { writes } = row;
    for (let time = 0; time < 50; time += 1) assert.ok('locks' in (await attempt(one)));
    assert.equal(row.writes, writes);
  });

  it('start without failures if the stored record cannot be read', async () => {
    for (const record of ['', 'nonsense', '{}', 'c1,2']) {
      const row = Object.assign(new Row(), { version: 3, record });
      assert.ok('settle' in (await attempt(instanceOver(row))));
    }
  });
});
