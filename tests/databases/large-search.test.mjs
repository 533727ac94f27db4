import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addBulkSessions } from '../harness/fixtures/bulk-fixtures.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const BULK_SESSIONS = 12_000;

/** What a search lists at most. */
const LISTED = 1000;

describe('A search among many sessions', { concurrency: false }, () => {
  let server;
  before(async () => {
    const YEAR_MS = 365 * 86_400_000;
    const config = { inactivityTimeout: YEAR_MS, absoluteTimeout: YEAR_MS };
    server = await TestServer.start({ config });
    await server.admin.register();
    await server.users.signUp();
    const [like] = server.database.rows('SELECT refresh_token FROM magic_sessionmanager_sessions');
    addBulkSessions(server.database, { sessions: BULK_SESSIONS, users: 1200, like });
  });
  after(() => server.dispose());

  const list = async (query) => {
    const answer = await server.admin.list(query);
    assertStatus(answer, 200);
    return answer.json;
  };

  it('finds the few of one user, of an address and of a device', async () => {
    assert.equal((await list('_q=bulk777')).meta.pagination.total, BULK_SESSIONS / 1200);
    const byAddress = await list('_q=198.51.7.&pagination[pageSize]=100');
    assert.equal(byAddress.meta.pagination.total, 256);
    for (const { ip } of byAddress.data) assert.ok(ip.startsWith('198.51.7.'));
    assert.equal((await list('_q=safari')).meta.pagination.total, BULK_SESSIONS / 1000);
    assert.equal((await list('_q=safari&filters[state]=active')).meta.pagination.total, 12);
  });

  for (const [how, text] of [
    ['more than are asked for by name', 'chrome'],
    ['the sessions of more users than one statement names', 'bulk'],
    ['many of them by their addresses', '198.51.'],
  ]) {
    it(`lists the first thousand of ${how}, in order`, async () => {
      const last = LISTED / 100;
      const query = `_q=${text}&sort=loggedInAt:asc&pagination[pageSize]=100`;
      const pages = [await list(query), await list(`${query}&pagination[page]=${last}`)];
      for (const { data, meta } of pages) {
        assert.equal(meta.pagination.total, LISTED);
        assert.equal(data.length, 100);
      }
      const times = pages.flatMap(({ data }) => data.map(({ loggedInAt }) => loggedInAt));
      assert.deepEqual(times, [...times].sort());
      assert.equal((await list(`${query}&pagination[page]=${last + 1}`)).data.length, 0);
    });
  }

  it('terminates all that it finds and not only those listed', async () => {
    const filters = { state: 'inactive' };
    const dryRun = await server.admin.terminateMatching({ _q: 'bulk', filters, dryRun: true });
    assert.equal(dryRun.json.data.count, BULK_SESSIONS / 5);
    const answer = await server.admin.terminateMatching({ _q: 'bulk', filters });
    assert.equal(answer.json.data.terminated, BULK_SESSIONS / 5);
  });

  it('reads a list from its end as from its beginning', async () => {
    const forwards = await list('sort=lastSeenAt:asc&pagination[pageSize]=100');
    const pageCount = forwards.meta.pagination.pageCount;
    const query = `sort=lastSeenAt:desc&pagination[pageSize]=100&pagination[page]=`;
    const end = [
      ...(await list(query + (pageCount - 1))).data,
      ...(await list(query + pageCount)).data,
    ];
    assert.deepEqual(
      end
        .reverse()
        .slice(0, 100)
        .map(({ id }) => id),
      forwards.data.map(({ id }) => id),
    );
  });
});
