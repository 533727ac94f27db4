import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

/** Ways to write the path of the login; which of them Strapi takes is Strapi's affair. */
const LOGINS = [
  '/api/auth/local',
  '/api/auth/local/',
  '/API/AUTH/LOCAL',
  '/Api/Auth/Local/?',
  '/api/auth/local?x=1',
  '/api/auth/local#x',
  'http://elsewhere.test/api/auth/local',
  '//api/auth/local',
  '/api//auth/local',
  '/api/./auth/local',
  '/api/auth/%6cocal',
  '/api/auth/local%2f',
  '/api/auth/local;x',
];
const TAKEN_AT_LEAST = 6;

/** Ways to write the path of a protected resource. */
const RESOURCES = [
  '/api/articles',
  '/api/articles/',
  '/API/ARTICLES',
  '/api/articles?x=1',
  '/api/articles#x',
  'http://elsewhere.test/api/articles',
  '//api/articles',
  '/api/%61rticles',
];

inBothModes('Another spelling of a URL', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('cannot log in past the record', async () => {
    const { username, json } = await server.users.register();
    let sessions = 1;
    for (const path of LOGINS) {
      const answer = await server.users.tryLogin(username, { path });
      if (answer.status !== 200) continue;
      sessions += 1;
      const known = await server.admin.sessionsOf(json.user.id);
      assert.equal(known.length, sessions, path);
      assertStatus(await server.users.me(answer.json.jwt), 200);
      assertStatus(await server.admin.terminate(known[0].id), 200);
      assertRefused(await server.users.me(answer.json.jwt), 'admin');
    }
    assert.ok(sessions > TAKEN_AT_LEAST, 'Strapi takes several of these spellings');
  });

  it('cannot use a session that was terminated', async () => {
    const { jwt, user } = await server.users.signUp();
    await server.admin.terminateAll(user.id);
    for (const path of RESOURCES) {
      const answer = await server.request('GET', path, { bearer: jwt });
      assert.notEqual(answer.status, 200, path);
    }
  });
});
