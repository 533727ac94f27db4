import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const YEARS_AGO_MS = Date.now() - 5 * 365 * 86_400_000;

/** More than one batch of the clean-up. */
const MANY = 1200;

describe('Terminated sessions', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await TestServer.start({ config: { terminatedRetentionDays: null } });
    await server.admin.register();
    const rows = Array.from({ length: MANY }, (_, number) => {
      const id = number.toString(16).padStart(32, '0');
      return `('${id}', 1, 'terminated', 'logout', 'api', 1, 1, ${YEARS_AGO_MS}, 'other')`;
    });
    server.database.run(
      `INSERT INTO magic_sessionmanager_sessions (session_id, user_id, state, reason, method, logged_in_at_ms,
         last_seen_at_ms, terminated_at_ms, device_type) VALUES ${rows}`,
    );
  });
  after(() => server.dispose());

  const left = async () =>
    (await server.admin.list('filters[state]=terminated')).json.meta.pagination.total;

  it('stay forever where no option limits it', async () => {
    assert.equal((await server.admin.cleanUp()).deleted, 0);
    assert.equal(await left(), MANY);
  });

  it('stay as long as the days say, which apply at once', async () => {
    for (const terminatedRetentionDays of [-1, 3650]) {
      assertStatus(await server.admin.changeSettings({ terminatedRetentionDays }), 200);
      assert.equal((await server.admin.cleanUp()).deleted, 0);
    }
    assert.equal(await left(), MANY);
  });

  it('go with the next run where no day is to pass, all but those of just now', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);
    assertStatus(await server.admin.changeSettings({ terminatedRetentionDays: 0 }), 200);
    assert.equal((await server.admin.cleanUp()).deleted, MANY);
    assert.equal(await left(), 1);
  });
});
