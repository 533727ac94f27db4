import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../harness/strapi/modes.mjs';
import { sign } from '../harness/clients/jwt.mjs';
import { TEST_SECRETS } from '../harness/strapi/test-server.mjs';
import { Traffic } from '../harness/cluster/traffic.mjs';
import { pause, until } from '../harness/process/until.mjs';

const LEASE_MS = 2000;
const PAUSE_MS = 4000;

/** A read of one session's row, as the log of statements shows it. */
const ROW_READ = /from \S*magic_sessionmanager_sessions\S where \Ssession_id\S = (?:\?|\$1)/g;

inBothModes('Two instances without Redis', (mode) => {
  let cluster, a, b;
  before(async () => {
    cluster = await Cluster.start({ mode, env: { DEBUG: 'knex:query' } });
    [a, b] = cluster.instances;
  });
  after(() => cluster.dispose());

  /** Signs a user up on A who is then known on B as well. */
  async function userOfBoth() {
    const { jwt, refreshToken, user } = await cluster.signUp();
    assertStatus(await b.users.me(jwt), 200);
    const [{ id }] = await a.admin.sessionsOf(user.id);
    return { jwt, refreshToken, user, sessionId: id };
  }

  /** Ends on A what began before now: the sessions of a user, or of everyone with the id 0. */
  async function endBefore(userId) {
    const path = `/api/account/${userId}/endBefore`;
    assertStatus(await cluster.write(() => a.request('POST', path)), 200);
  }

  /** Does what ends a session while it is busy on B; gives the traffic once B has refused it. */
  async function refusedOnB(jwt, endSession) {
    return Traffic.during(b, jwt, async (traffic) => {
      await endSession();
      const acknowledgedAt = performance.now();
      await until('B refuses the session', () => traffic.refusal);
      assert.equal(traffic.acceptedAfter(acknowledgedAt + LEASE_MS).length, 0);
      return traffic.refusal.answer;
    });
  }

  it('refuse on B within the lease a session that an administrator terminated on A', async () => {
    const { jwt, sessionId } = await userOfBoth();
    const refusal = await refusedOnB(jwt, () => cluster.terminate(sessionId));
    assertRefused(refusal, 'admin');
  });

  it('refuse on B within the lease a session that rested meanwhile', async () => {
    const { jwt, sessionId } = await userOfBoth();
    await pause(LEASE_MS * 2);
    await cluster.terminate(sessionId);
    await pause(LEASE_MS);
    assertRefused(await b.users.me(jwt), 'admin');
  });

  it('record once between them that a token is used after its session', async () => {
    const { jwt, sessionId } = await userOfBoth();
    await cluster.terminate(sessionId);
    await pause(LEASE_MS);
    const uses = [a, b, a, b].map((instance) => instance.users.me(jwt));
    for (const answer of await Promise.all(uses)) assertRefused(answer, 'admin');
    const query = `filters[sessionId]=${sessionId}&filters[what]=session.token-refused`;
    const recorded = async (instance) => (await instance.admin.journal(query)).json.data.length;
    // Reading the journal of an instance writes what it has still to record.
    await until('the use is recorded', async () => (await recorded(a)) + (await recorded(b)) > 1);
    assert.deepEqual([await recorded(a), await recorded(b)], [1, 1]);
  });

  it('read no row for the requests of a session that is known', async () => {
    const { jwt } = await userOfBoth();
    const reads = () => b.log.match(ROW_READ)?.length ?? 0;
    await Traffic.during(b, jwt, async (traffic) => {
      assert.ok(reads() > 0, 'the log shows no statements');
      // A machine that stands still for a second lets the lease run out, and the row is read.
      await until('two leases pass without a read', async () => {
        const [readsBefore, requestsBefore] = [reads(), traffic.history.length];
        await pause(LEASE_MS * 2);
        return reads() === readsBefore && traffic.history.length > requestsBefore + 20;
      });
    });
  });

  it('refuse a session whose row is deleted by hand', async () => {
    const { jwt, sessionId } = await userOfBoth();
    const tables = [
      'magic_sessionmanager_sessions',
      ...(hasRefreshTokens(mode) ? ['strapi_sessions'] : []),
    ];
    const refusal = await refusedOnB(jwt, () => {
      for (const table of tables)
        cluster.database.run(`DELETE FROM ${table} WHERE session_id = '${sessionId}'`);
    });
    assertStatus(refusal, 401);
  });

  it('refuse a session in use that an instance with a clock far behind has terminated', async () => {
    const { jwt, sessionId } = await userOfBoth();
    const refusal = await refusedOnB(jwt, () =>
      cluster.database
        .run(`UPDATE magic_sessionmanager_sessions SET state = 'terminated', reason = 'admin',
        terminated_at_ms = 1 WHERE session_id = '${sessionId}'`),
    );
    assertRefused(refusal, 'admin');
  });

  it('accept no request after a pause for a session that was terminated meanwhile', async () => {
    const { jwt, sessionId } = await userOfBoth();
    await Traffic.during(b, jwt, async (traffic) => {
      await cluster.pause(b);
      let acknowledgedAt, sentInPause;
      try {
        acknowledgedAt = await cluster.terminate(sessionId);
        await pause(PAUSE_MS);
        sentInPause = b.users.me(jwt);
        await pause(100);
      } finally {
        b.process.resume();
      }
      assertRefused(await sentInPause, 'admin');
      await until('B refuses the session', () => traffic.refusal);
      assert.equal(traffic.acceptedAfter(acknowledgedAt + LEASE_MS).length, 0);
    });
  });

  it('refuse every request while the database cannot be asked', async () => {
    const { jwt } = await userOfBoth();
    await Traffic.during(b, jwt, async (traffic) => {
      cluster.database.run(
        'ALTER TABLE magic_sessionmanager_sessions RENAME TO magic_sessionmanager_sessions_away',
      );
      try {
        const lostAt = performance.now();
        const { answer } = await until('B refuses the session', () => traffic.refusal);
        assertStatus(answer, 503);
        await pause(LEASE_MS);
        assert.equal(traffic.acceptedAfter(lostAt + LEASE_MS).length, 0);
      } finally {
        cluster.database.run(
          'ALTER TABLE magic_sessionmanager_sessions_away RENAME TO magic_sessionmanager_sessions',
        );
      }
    });
    await until('B takes the session again', async () => (await b.users.me(jwt)).status === 200);
    await until('B says so', () => b.log.includes('the database can be followed again'));
    assert.equal(b.log.match(/cannot follow the database/g).length, 1);
  });

  it('terminate the sessions of a user that began before an instant, and no later ones', async () => {
    const other = await userOfBoth();
    const { jwt, refreshToken, user } = await userOfBoth();
    const refusal = await refusedOnB(jwt, () => endBefore(user.id));
    assertRefused(refusal, 'admin');
    assertRefused(await a.users.me(jwt), 'admin');
    if (hasRefreshTokens(mode)) assertStatus(await b.users.tryRefresh(refreshToken), 401);
    const again = (await cluster.write(() => b.users.tryLogin(user.username))).json;
    for (const instance of [a, b]) {
      assertStatus(await instance.users.me(again.jwt), 200);
      assertStatus(await instance.users.me(other.jwt), 200);
    }
    const [, ended] = await a.admin.sessionsOf(user.id);
    assert.equal(ended.state, 'terminated');
    assert.equal(ended.reason, 'admin');
  });

  it('terminate the sessions of everyone that began before an instant, known or not', async () => {
    const users = [await userOfBoth(), await userOfBoth()];
    const unknownOnB = await cluster.signUp();
    await endBefore(0);
    await pause(LEASE_MS);
    for (const { jwt } of [...users, unknownOnB]) {
      for (const instance of [b, a]) assertRefused(await instance.users.me(jwt), 'admin');
    }
    if (hasRefreshTokens(mode)) {
      for (const { refreshToken } of [...users, unknownOnB])
        assertStatus(await b.users.tryRefresh(refreshToken), 401);
    }
    const { username } = users[0].user;
    const { jwt } = (await cluster.write(() => b.users.tryLogin(username))).json;
    assertStatus(await a.users.me(jwt), 200);
  });

  it('show in the list the sessions that an instant has terminated, after the clean-up', async () => {
    const { user } = await cluster.signUp();
    await endBefore(user.id);
    await a.admin.cleanUp();
    const [{ state, reason }] = await b.admin.sessionsOf(user.id);
    assert.deepEqual({ state, reason }, { state: 'terminated', reason: 'admin' });
  });

  it('refuse tokens from before the plugin that were issued before an instant', async () => {
    const { user } = await cluster.signUp();
    const now = Math.floor(Date.now() / 1000);
    const token = (iat, exp) => sign({ id: user.id, iat, exp }, TEST_SECRETS.JWT_SECRET);
    const [known, unknown] = [3600, 7200].map((seconds) => token(now, now + seconds));
    const accepted = hasRefreshTokens(mode) ? 401 : 200;
    assertStatus(await b.users.me(known), accepted);
    await endBefore(user.id);
    await pause(LEASE_MS);
    assertStatus(await b.users.me(known), 401);
    assertStatus(await b.users.me(unknown), 401);
    // A time to come would be no time of issue.
    assertStatus(await b.users.me(token(now + 60, now + 3600)), 401);
    const later = Math.floor(Date.now() / 1000);
    assertStatus(await b.users.me(token(later, later + 3600)), accepted);
  });

  it('remember an instant after a restart', async () => {
    const { jwt, user } = await userOfBoth();
    await endBefore(user.id);
    await b.restart();
    assertRefused(await b.users.me(jwt), 'admin');
  });
});
