import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../../harness/databases/database.mjs';
import { indexesOf, tablesOf } from '../../harness/sql/catalog.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const OWN_TABLES = [
  'magic_sessionmanager_grants',
  'magic_sessionmanager_jobs',
  'magic_sessionmanager_journal',
  'magic_sessionmanager_links',
  'magic_sessionmanager_login_limits',
  'magic_sessionmanager_login_places',
  'magic_sessionmanager_not_befores',
  'magic_sessionmanager_rotations',
  'magic_sessionmanager_seal_counts',
  'magic_sessionmanager_sessions',
  'magic_sessionmanager_values',
];

describe('The table of sessions', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
  });
  after(() => server.dispose());

  it('has the indexes that requests, pages and clean-up go by', () => {
    const indexes = indexesOf(server.database, 'magic_sessionmanager_sessions');
    for (const wanted of [
      'session_id unique',
      'user_id',
      'state,last_seen_at_ms',
      'terminated_at_ms,state',
    ])
      assert.ok(indexes.includes(wanted), `${wanted} is not among ${indexes.join('; ')}`);
  });

  it('holds the user as an indexed number, without a table of links', () => {
    const own = tablesOf(server.database).filter((name) => name.startsWith('magic_session'));
    assert.deepEqual(own, OWN_TABLES);
  });

  it('is no content type, as none of the tables is', async () => {
    for (const path of ['/content-manager/content-types', '/content-type-builder/content-types']) {
      const listed = (await server.admin.request('GET', path)).json.data.map(({ uid }) => uid);
      assert.ok(listed.includes('plugin::users-permissions.user'), path);
      assert.deepEqual(
        listed.filter((uid) => uid.includes('magic')),
        [],
        path,
      );
    }
  });

  // This is how SQLite alone tells a plan.
  if (CLIENT === 'sqlite')
    it('and that of the journal are read in order by an index, whatever is asked for', () => {
      const conditions = ['session_id = 1', 'user_id = 1', "what = 'x'", 'at_ms <= 1', '1'];
      for (const condition of conditions) {
        const plan = server.database.rows(
          `EXPLAIN QUERY PLAN SELECT * FROM magic_sessionmanager_journal WHERE ${condition}
         ORDER BY at_ms DESC, id DESC LIMIT 25`,
        );
        const steps = plan.map(({ detail }) => detail).join('; ');
        assert.match(steps, /USING INDEX magic_sessionmanager_journal_\w+/, condition);
        assert.doesNotMatch(steps, /TEMP B-TREE/, condition);
      }
    });
});
