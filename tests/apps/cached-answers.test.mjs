import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { removeCopy } from '../harness/app/app-copy.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { overlaidApp } from '../harness/comparison/compared-app.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const BY_TOKEN = { strategy: { keys: { useHeaders: ['Accept', 'Authorization'] } } };

/** Each cache with the option that the log is to name, and whether it serves ended tokens. */
const CACHES = [
  {
    name: 'stores answers to requests with a token',
    options: { cacheAuthorizedRequests: true },
    named: 'cacheAuthorizedRequests',
    servesEnded: true,
  },
  {
    name: 'has a token in the key of an entry',
    options: BY_TOKEN,
    named: 'strategy.keys.useHeaders',
    servesEnded: true,
  },
  { name: 'leaves requests with a token alone', options: {} },
  { name: 'is asked after the check of the token', options: { ...BY_TOKEN, onRoutes: true } },
];

describe('An app with a cache', () => {
  let app;
  before(async () => {
    app = await overlaidApp('cache');
  });
  after(() => removeCopy(app));

  for (const { name, options, named, servesEnded } of CACHES) {
    it(`${servesEnded ? 'is warned of' : 'is not warned of'} one that ${name}`, async () => {
      const env = { CACHE_OPTIONS: JSON.stringify(options) };
      const server = await TestServer.start({ app, env });
      try {
        const warnings = server.log.split('\n').filter((line) => line.includes('the cache '));
        assert.equal(warnings.length, servesEnded ? 1 : 0, server.log);
        if (servesEnded) {
          assert.match(warnings[0], /magic-sessionmanager: the cache answer-cache /);
          assert.ok(warnings[0].includes(`option ${named}.`), warnings[0]);
        }

        const { jwt } = await server.users.signUp();
        assertStatus(await server.users.articles(jwt), 200);
        assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
        const answer = await server.users.articles(jwt);
        if (servesEnded) assertStatus(answer, 200);
        else assertRefused(answer, 'logout');
      } finally {
        await server.dispose();
      }
    });
  }
});
