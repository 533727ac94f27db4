import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { pause, until } from '../harness/process/until.mjs';

const LEASE_MS = 2000;

/** Longer than a poll looks back. */
const HELD_MS = 17_000;

/** Makes PostgreSQL hold up every end, as a lock of somebody else's would. */
const HOLD = `
  CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(${HELD_MS / 1000}); RETURN NEW; END $$;
  CREATE TRIGGER hold_end BEFORE UPDATE ON magic_sessionmanager_sessions FOR EACH ROW
  WHEN (NEW.state = 'terminated' AND OLD.state <> 'terminated') EXECUTE FUNCTION hold();
  CREATE TRIGGER hold_instant BEFORE INSERT ON magic_sessionmanager_not_befores FOR EACH ROW
  EXECUTE FUNCTION hold()`;

describe('A termination that the database delays for long', { concurrency: true }, () => {
  let cluster, a, b, c;
  before(async () => {
    cluster = await Cluster.start({ count: 3, client: 'postgres' });
    [a, b, c] = cluster.instances;
    cluster.database.run(HOLD);
  });
  after(() => cluster.dispose());

  for (const [name, end] of [
    ['of one session', ({ sessionId }) => a.admin.terminate(sessionId)],
    ['by an instant', ({ userId }) => a.request('POST', `/api/account/${userId}/endBefore`)],
  ]) {
    it(`is kept on the other instance within the lease of its answer, ${name}`, async () => {
      const { jwt, user } = await cluster.signUp();
      const [{ id }] = await a.admin.sessionsOf(user.id);
      const ending = end({ sessionId: id, userId: user.id });
      await pause(HELD_MS - 3 * LEASE_MS);
      // B knows of the session, and asks for its row in the next poll: what it finds there is alive.
      assertStatus(await b.users.me(jwt), 200);
      const answer = await ending;
      assert.equal(answer.status, 200, answer.text);
      await pause(LEASE_MS);
      assertRefused(await b.users.me(jwt), 'admin');
    });
  }

  it('is kept on every instance once one has answered, though its writer was killed', async () => {
    const { jwt, user } = await cluster.signUp();
    const [{ id }] = await a.admin.sessionsOf(user.id);
    const unanswered = assert.rejects(c.admin.terminate(id));
    await pause(HELD_MS / 2);
    await c.crash();
    await unanswered;
    // B has asked for the row, and rests until long after its end.
    assertStatus(await b.users.me(jwt), 200);
    await until('the end is committed', () => stateOf(id) === 'terminated');
    assertStatus(await a.admin.terminate(id), 200);
    await pause(LEASE_MS);
    assertRefused(await b.users.me(jwt), 'admin');
  });

  function stateOf(sessionId) {
    const sql = 'SELECT state FROM magic_sessionmanager_sessions WHERE session_id = ?';
    return cluster.database.rows(sql, sessionId)[0].state;
  }
});
