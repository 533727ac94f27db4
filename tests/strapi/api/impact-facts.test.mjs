import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECT } from '../../harness/sql/dialect.mjs';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

describe('The facts that the preview evaluates', { concurrency: false }, () => {
  let server;
  const users = [];
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    for (let user = 0; user < 3; user += 1) users.push((await server.users.signUp()).user);
    await server.admin.terminateAll(users[1].id);
  });
  after(() => server.dispose());

  const read = async () => {
    const answer = await server.admin.impactFacts();
    assertStatus(answer, 200);
    return answer.json.data;
  };

  it('are the times of every session, newest first, in columns of one length', async () => {
    const { total, columns } = await read();
    assert.equal(total, 3);
    assert.deepEqual(columns.states, [0, 2, 0]);
    const listed = (await server.admin.list('sort=loggedInAt:desc')).json.data;
    const ms = (field) =>
      listed.map((session) => (session[field] ? Date.parse(session[field]) : 0));
    assert.deepEqual(columns.loggedInAtMs, ms('loggedInAt'));
    assert.deepEqual(columns.lastSeenAtMs, ms('lastSeenAt'));
    assert.deepEqual(columns.terminatedAtMs, ms('terminatedAt'));
    assert.deepEqual(columns.keepUntilMs, [0, 0, 0]);
  });

  it('name no user, device or session id', async () => {
    const { text } = await server.admin.impactFacts();
    for (const { username, email } of users) {
      assert.equal(text.includes(username), false);
      assert.equal(text.includes(email), false);
    }
    const ids = (await server.admin.list()).json.data.map(({ id }) => id);
    for (const id of ids) assert.equal(text.includes(id), false);
    assert.deepEqual(Object.keys((await read()).columns), [
      'rows',
      'states',
      'loggedInAtMs',
      'lastSeenAtMs',
      'terminatedAtMs',
      'keepUntilMs',
    ]);
  });

  it('say when old records are deleted next', async () => {
    const { readAtMs, nextCleanUpAtMs } = await read();
    const next = new Date(nextCleanUpAtMs);
    assert.deepEqual([next.getHours(), next.getMinutes()], [3, 0]);
    assert.ok(nextCleanUpAtMs > readAtMs);
  });

  it('lead to the sessions themselves', async () => {
    const { columns } = await read();
    const rows = `${columns.rows[0]},${columns.rows[2]}`;
    const found = (await server.admin.list(`filters[row]=${rows}&sort=loggedInAt:desc`)).json;
    assert.deepEqual(
      found.data.map(({ user }) => user.id),
      [users[2].id, users[0].id],
    );
    assert.equal(found.meta.pagination.total, 2);
  });

  it('are not led from by anything but row numbers', async () => {
    const many = Array.from({ length: 101 }, (_, row) => row + 1).join(',');
    for (const rows of ['', '0', 'x', '1,', '1;2', '-1', '1.5', '99999999999', many]) {
      const answer = await server.admin.list(`filters[row]=${encodeURIComponent(rows)}`);
      assertStatus(answer, 400);
      assert.equal(answer.json.error.details.field, 'filters[row]');
    }
  });

  it('are those of the newest sessions, where there are more than one answer holds', async () => {
    server.database.run(
      `INSERT INTO magic_sessionmanager_sessions
         (session_id, user_id, state, method, logged_in_at_ms, last_seen_at_ms, terminated_at_ms)
       SELECT ${DIALECT.id}, 1, 'terminated', 'api', i, i, i FROM ${DIALECT.numbers(100_100)}`,
    );
    const { total, columns } = await read();
    assert.equal(total, 100_103);
    for (const column of Object.values(columns)) assert.equal(column.length, 100_000);
    assert.equal(columns.loggedInAtMs[0], 100_100);
    assert.equal(columns.loggedInAtMs.at(-1), 101);
    assert.deepEqual(
      columns.rows,
      [...columns.rows].sort((one, other) => other - one),
    );
  });
});
