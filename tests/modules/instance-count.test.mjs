import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
const { createInstanceCount } = modules.load('services/instances/instance-count');

/** A store that counts how often it is written, and fails when told to. */
class Store {
  writes = 0;
  isAway = false;

  constructor(instances) {
    this.instances = instances;
  }

  read = async () => {
    if (this.isAway) throw new Error('away');
    return this.instances;
  };

  write = async (instances) => {
    if (this.isAway) throw new Error('away');
    this.writes += 1;
    this.instances = instances;
  };
}

/** Redis as far as it counts instances. */
class Counter {
  count = 1;
  instances = () => this.count;
  expectInstances = (instances) => (this.count = instances);
}

describe('The number of instances that is remembered', () => {
  after(() => modules.dispose());

  it('is what there were, until they are counted again', async () => {
    const [store, counter] = [new Store(3), new Counter()];
    await createInstanceCount(store, counter).sync();
    assert.equal(counter.instances(), 3);
    assert.equal(store.writes, 0);
  });

  it('is written when it changes, and only then', async () => {
    const [store, counter] = [new Store(1), new Counter()];
    const memory = createInstanceCount(store, counter);
    for (const count of [1, 2, 2, 3, 3, 1]) {
      await memory.sync();
      counter.count = count;
    }
    await memory.sync();
    assert.equal(store.instances, 1);
    assert.equal(store.writes, 3);
  });

  it('is read and written later where the database is away', async () => {
    const [store, counter] = [new Store(4), new Counter()];
    const memory = createInstanceCount(store, counter);
    store.isAway = true;
    await assert.rejects(memory.sync());
    store.isAway = false;
    await memory.sync();
    assert.equal(counter.instances(), 4);
    counter.count = 5;
    store.isAway = true;
    await assert.rejects(memory.sync());
    store.isAway = false;
    await memory.sync();
    assert.equal(store.instances, 5);
  });

  it('is not asked for without Redis, where nobody counts', async () => {
    const [store, counter] = [new Store(3), new Counter()];
    await createInstanceCount(store, null).sync();
    assert.equal(counter.instances(), 1);
    assert.equal(store.writes, 0);
  });
});
