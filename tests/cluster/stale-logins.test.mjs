import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { PASSWORD } from '../harness/clients/users.mjs';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { pause, until } from '../harness/process/until.mjs';
import { inBothModes } from '../harness/strapi/modes.mjs';
import { AS_IN_PRODUCTION } from '../harness/strapi/test-server.mjs';

const NEW_PASSWORD = 'Better-Horse-2';
const LEASE_MS = 2000;
const LOOPS = 4;
const ROUNDS = 3;

inBothModes('Logins on B while the account changes on A', (mode) => {
  let cluster, a, b;
  before(async () => {
    cluster = await Cluster.start({ mode, client: 'postgres', env: AS_IN_PRODUCTION });
    [a, b] = cluster.instances;
  });
  after(() => cluster.dispose());

  /**
   * Logs in on B in several loops while something is done on A, until B refuses.
   *
   * Every login that B has accepted by then has read the user before the change.
   */
  async function loginsDuring(username, change) {
    const accepted = [];
    let [answered, refused] = [0, 0];
    let stopped = false;
    const loop = async () => {
      while (!stopped) {
        const answer = await b.users.tryLogin(username);
        answered += 1;
        if (answer.status === 200) accepted.push(answer.json);
        else refused += 1;
      }
    };
    const loops = Array.from({ length: LOOPS }, loop);
    await until('logins run', () => answered >= LOOPS);
    await change();
    await until('a login is refused', () => refused > 0);
    stopped = true;
    await Promise.all(loops);
    return accepted;
  }

  async function aliveOf(logins) {
    const answers = await Promise.all(
      logins.flatMap(({ jwt }) => [a, b].map((instance) => instance.users.me(jwt))),
    );
    return answers.filter(({ status }) => status === 200).length;
  }

  it('do not outlive the old password', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { username, json } = await a.users.register();
      const body = {
        currentPassword: PASSWORD,
        password: NEW_PASSWORD,
        passwordConfirmation: NEW_PASSWORD,
      };
      const logins = await loginsDuring(username, async () => {
        const answer = await a.request('POST', '/api/auth/change-password', {
          bearer: json.jwt,
          body,
        });
        assertStatus(answer, 200);
        assertStatus(await b.users.me(answer.json.jwt), 200);
      });
      assert.ok(logins.length > 0, 'no login was accepted before the change');
      await pause(LEASE_MS);
      assert.equal(await aliveOf(logins), 0, `of ${logins.length} in round ${round}`);
      // Without Redis only B has counted the failures.
      const { jwt } = await a.users.login(username, { password: NEW_PASSWORD });
      assertStatus(await b.users.me(jwt), 200);
    }
  });

  it('do not outlive a block, though the user is unblocked soon', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { username, json } = await a.users.register();
      const logins = await loginsDuring(username, async () => {
        assertStatus(await a.admin.block(json.user.id), 200);
      });
      assertStatus(await a.admin.block(json.user.id, false), 200);
      // Without Redis only B has counted the failures.
      const { jwt } = await a.users.login(username);
      await pause(LEASE_MS);
      assert.ok(logins.length > 0, 'no login was accepted before the block');
      assert.equal(await aliveOf(logins), 0, `of ${logins.length} in round ${round}`);
      assertStatus(await b.users.me(jwt), 200);
    }
  });

  it("continue no session by another plugin's refresh token after a termination", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { username } = await a.users.register();
      const body = { identifier: username, password: PASSWORD, requestRefresh: true };
      const login = await a.request('POST', '/api/auth/local', { body });
      const { pluginToken, user } = login.json;
      const refresh = () =>
        b.request('POST', '/api/auth/local/refresh', { body: { pluginToken, rotate: true } });
      assertStatus(await refresh(), 200);
      const issued = [];
      let stopped = false;
      const loop = async () => {
        while (!stopped) {
          const answer = await refresh();
          if (answer.status === 200) issued.push(answer.json);
        }
      };
      const loops = Array.from({ length: LOOPS }, loop);
      await until('refreshes run', () => issued.length >= LOOPS);
      assertStatus(await a.admin.terminateAll(user.id), 200);
      // Not even the cache of B decides: its statement finds the session terminated.
      const after = await refresh();
      stopped = true;
      await Promise.all(loops);
      assertRefused(after, 'admin');
      await pause(LEASE_MS);
      assert.equal(await aliveOf(issued), 0, `of ${issued.length} in round ${round}`);
      const sessions = await a.admin.sessionsOf(user.id);
      assert.equal(sessions.length, 2, 'a refresh has begun a session');
    }
  });
});
