import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
const { findCacheOptions } = modules.load('start/cache-options');
const { warnOfCaches } = modules.load('start/warn-of-caches');

const BY_TOKEN = { keys: { useHeaders: ['accept', 'AUTHORIZATION'] } };

/** A Strapi that has a configuration, and plugins and APIs with routes. */
function strapiWith({ configuration = {}, plugins = {}, apis = {} }) {
  const warnings = [];
  return {
    warnings,
    plugins,
    apis,
    config: { get: (path) => configuration[path] },
    log: { warn: (line) => warnings.push(line) },
  };
}

describe('The options of a cache', () => {
  after(() => modules.dispose());

  it('are found at any depth, and in lists', () => {
    assert.deepEqual(findCacheOptions({ cacheAuthorizedRequests: true }), [
      'cacheAuthorizedRequests',
    ]);
    assert.deepEqual(findCacheOptions({ strategy: { contentTypes: ['api::a.a', BY_TOKEN] } }), [
      'strategy.contentTypes.1.keys.useHeaders',
    ]);
  });

  it('are none where requests with a token are left alone', () => {
    const other = { cacheAuthorizedRequests: false, keys: { useHeaders: ['accept-language'] } };
    for (const configuration of [undefined, null, 'text', [], {}, other])
      assert.deepEqual(findCacheOptions(configuration), []);
  });

  it('are looked for in no instance of a class, and once in a circle', () => {
    class Client {
      get cacheAuthorizedRequests() {
        throw new Error('not to be read');
      }
    }
    const circle = { client: new Client(), empty: Object.create(null) };
    circle.itself = circle;
    assert.deepEqual(findCacheOptions(circle), []);
  });
});

describe('The warning of a cache', () => {
  it('names a plugin once, and its first option', () => {
    const cache = { cacheAuthorizedRequests: true, strategy: BY_TOKEN };
    const strapi = strapiWith({
      configuration: { 'plugin::redis-cache': cache, 'plugin::i18n': {} },
      plugins: {
        'redis-cache': { routes: undefined },
        i18n: { routes: { admin: { routes: [] } } },
      },
    });
    warnOfCaches(strapi);
    assert.equal(strapi.warnings.length, 1);
    assert.match(
      strapi.warnings[0],
      /^magic-sessionmanager: the cache redis-cache may .* option cacheAuthorizedRequests\./,
    );
    assert.ok(!strapi.warnings[0].includes('\n'));
  });

  it('names a middleware of the app', () => {
    const middlewares = ['strapi::body', { name: 'global::cache', config: BY_TOKEN }];
    const strapi = strapiWith({ configuration: { middlewares } });
    warnOfCaches(strapi);
    assert.equal(strapi.warnings.length, 1);
    assert.match(strapi.warnings[0], /the cache global::cache may .* option keys\.useHeaders\./);
  });

  it('leaves out a plugin whose middlewares stand in routes, after the check of tokens', () => {
    const middlewares = [() => undefined, 'global::other', { name: 'plugin::rest-cache.recv' }];
    const strapi = strapiWith({
      configuration: { 'plugin::rest-cache': { strategy: BY_TOKEN } },
      plugins: { 'rest-cache': { routes: [{ config: {} }] } },
      apis: { article: { routes: { article: { routes: [{ config: { middlewares } }, {}] } } } },
    });
    warnOfCaches(strapi);
    assert.deepEqual(strapi.warnings, []);
  });
});
