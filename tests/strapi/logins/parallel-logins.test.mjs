import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const LOGINS = 200;
/** So many at once take half a minute on a slow machine; logins that wait for longer are refused. */
const AT_ONCE = 50;

inBothModes('Logins of one user at the same time', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it(`are ${LOGINS} sessions with ${LOGINS} ids and ${LOGINS} tokens`, async () => {
    const { username, json } = await server.users.register();
    await server.admin.terminateAll(json.user.id);
    const tokens = [];
    while (tokens.length < LOGINS) {
      const logins = Array.from({ length: AT_ONCE }, () => server.users.login(username));
      tokens.push(...(await Promise.all(logins)).map(({ jwt }) => jwt));
    }
    assert.equal(new Set(tokens).size, LOGINS);

    const rows = server.database.rows(
      "SELECT session_id FROM magic_sessionmanager_sessions WHERE user_id = ? AND state = 'active'",
      json.user.id,
    );
    assert.equal(rows.length, LOGINS);
    assert.equal(new Set(rows.map((row) => row.session_id)).size, LOGINS);

    const page = await server.admin.list('filters[state]=active&pagination[pageSize]=10');
    assert.equal(page.json.meta.pagination.total, LOGINS);

    assertStatus(await server.admin.terminate(rows[0].session_id), 200);
    const answers = await Promise.all(tokens.map((jwt) => server.users.me(jwt)));
    const refused = answers.filter((answer) => answer.status !== 200);
    assert.equal(refused.length, 1, 'one token belongs to the one session that was terminated');
    assertRefused(refused[0], 'admin');
  });
});
