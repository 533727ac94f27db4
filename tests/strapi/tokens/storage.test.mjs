import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../../harness/databases/database.mjs';
import { indexesOf, tablesOf } from '../../harness/sql/catalog.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const UIDS = ['session', 'journal-entry'].map((name) => `plugin::magic-sessionmanager.${name}`);

const OWN_TABLES = [
  'magic_session_grants',
  'magic_session_jobs',
  'magic_session_journal',
  'magic_session_links',
  'magic_session_login_limits',
  'magic_session_login_places',
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
    const built = await server.admin.request('GET', '/content-type-builder/content-types');
    for (const wanted of UIDS) {
      const type = managed.json.data.find(({ uid }) => uid === wanted);
      assert.equal(type.isDisplayed, false);
      const schema = built.json.data.find(({ uid }) => uid === wanted);
      assert.equal(schema?.schema.visible ?? false, false);
    }
  });

  // This is how SQLite alone tells a plan.
  if (CLIENT === 'sqlite')
    it('and that of the journal are read in order by an index, whatever is asked for', () => {
      const conditions = ['session_id = 1', 'user_id = 1', "what = 'x'", 'at_ms <= 1', '1'];
      for (const condition of conditions) {
        const plan = server.database.rows(
          `EXPLAIN QUERY PLAN SELECT * FROM magic_session_journal WHERE ${condition}
         ORDER BY at_ms DESC, id DESC LIMIT 25`,
        );
        const steps = plan.map(({ detail }) => detail).join('; ');
        assert.match(steps, /USING INDEX magic_session_journal_\w+/, condition);
        assert.doesNotMatch(steps, /TEMP B-TREE/, condition);
      }
    });
});
