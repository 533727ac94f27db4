import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { indexesOf, tablesOf } from '../support/databases/catalog.mjs';
import { TestServer } from '../support/test-server.mjs';

const UID = 'plugin::magic-sessionmanager.session';

const OWN_TABLES = [
  'magic_session_grants',
  'magic_session_jobs',
  'magic_session_not_befores',
  'magic_session_rotations',
  'magic_sessions',
];

describe('The table of sessions', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
  });
  after(() => server.dispose());

  it('has the indexes that requests, pages and clean-up go by', () => {
    const indexes = indexesOf(server.database, 'magic_sessions');
    for (const wanted of [
      'session_id unique',
      'user_id',
      'state,last_seen_at_ms',
      'terminated_at_ms',
    ])
      assert.ok(indexes.includes(wanted), `${wanted} is not among ${indexes.join('; ')}`);
  });

  it('holds the user as an indexed number, without a table of links', () => {
    const own = tablesOf(server.database).filter((name) => name.startsWith('magic_session'));
    assert.deepEqual(own, OWN_TABLES);
  });

  it('is hidden from the content manager and the content-type builder', async () => {
    const managed = await server.admin.request('GET', '/content-manager/content-types');
    const type = managed.json.data.find(({ uid }) => uid === UID);
    assert.equal(type.isDisplayed, false);
    const built = await server.admin.request('GET', '/content-type-builder/content-types');
    const schema = built.json.data.find(({ uid }) => uid === UID);
    assert.equal(schema?.schema.visible ?? false, false);
  });
});
