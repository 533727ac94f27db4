import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('The activity', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    for (let user = 0; user < 4; user += 1) await server.users.signUp();
  });
  after(() => server.dispose());

  const read = async () => {
    const answer = await server.admin.activity();
    assertStatus(answer, 200);
    return answer.json.data;
  };
  /** Moves the times of a session; rows count from 1. */
  const move = (row, columns) =>
    server.database.run(`UPDATE magic_sessionmanager_sessions SET ${columns} WHERE id = ${row}`);

  it('counts who is online, and who was recently', async () => {
    const ago = (ms) => Date.now() - ms;
    move(1, `last_seen_at_ms = ${ago(10 * MINUTE)}`);
    move(2, `last_seen_at_ms = ${ago(20 * MINUTE)}, state = 'inactive'`);
    move(3, `last_seen_at_ms = ${ago(40 * MINUTE)}, state = 'inactive'`);
    const { online, last15Minutes, last30Minutes } = await read();
    assert.deepEqual([online, last15Minutes, last30Minutes], [1, 2, 3]);
  });

  it('leaves out terminated sessions', async () => {
    move(1, `state = 'terminated', terminated_at_ms = ${Date.now()}`);
    const { online, last15Minutes, last30Minutes } = await read();
    assert.deepEqual([online, last15Minutes, last30Minutes], [1, 1, 2]);
  });

  it('counts the logins of each of the last 24 hours, whatever became of them', async () => {
    move(1, `logged_in_at_ms = ${Date.now() - 1.5 * HOUR}`);
    move(2, `logged_in_at_ms = ${Date.now() - 23.5 * HOUR}`);
    move(3, `logged_in_at_ms = ${Date.now() - 25 * HOUR}`);
    const { loginsByHour } = await read();
    assert.equal(loginsByHour.length, 24);
    const expected = Array.from({ length: 24 }, () => 0);
    expected[0] = 1;
    expected[22] = 1;
    expected[23] = 1;
    assert.deepEqual(loginsByHour, expected);
  });
});
