import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
const { createLifetime } = modules.load('async/lifetime');
const { lifetimeOf } = modules.load('compose/lifetimes');
const { default: destroy } = modules.load('destroy');

/** A Strapi that has nothing but a log. */
const bareStrapi = () => {
  const errors = [];
  return { errors, log: { error: (message) => errors.push(message) } };
};

describe('What the plugin has started', () => {
  after(() => modules.dispose());

  it('is stopped in reverse order, one after another', async () => {
    const lifetime = createLifetime();
    const stopped = [];
    lifetime.add('first', () => stopped.push('first'));
    lifetime.add('second', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      stopped.push('second');
    });
    lifetime.add('third', () => stopped.push('third'));
    assert.deepEqual(await lifetime.end(), []);
    assert.deepEqual(stopped, ['third', 'second', 'first']);
  });

  it('is stopped once', async () => {
    const lifetime = createLifetime();
    let stops = 0;
    lifetime.add('it', () => (stops += 1));
    await lifetime.end();
    await lifetime.end();
    assert.equal(stops, 1);
  });

  it('is stopped whole, though a part of it cannot be, and the log names that part', async () => {
    const strapi = bareStrapi();
    const stopped = [];
    lifetimeOf(strapi).add('the seams', () => stopped.push('the seams'));
    lifetimeOf(strapi).add('the count of seals', async () => {
      throw new Error('select secret - the database is away');
    });
    lifetimeOf(strapi).add('the feed', () => {
      throw new Error('it was never started');
    });
    lifetimeOf(strapi).add('Redis', () => stopped.push('Redis'));
    await destroy({ strapi });
    assert.deepEqual(stopped, ['Redis', 'the seams']);
    assert.deepEqual(strapi.errors, [
      'magic-sessionmanager: the feed could not be stopped: Error: it was never started',
      'magic-sessionmanager: the count of seals could not be stopped: the database is away',
    ]);
  });

  it('is stopped as far as it was started; nothing of it is no fault', async () => {
    const strapi = bareStrapi();
    await destroy({ strapi });
    assert.deepEqual(strapi.errors, []);
  });
});
