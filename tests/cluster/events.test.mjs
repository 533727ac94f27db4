import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before, describe, it } from 'node:test';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { UserSocket } from '../harness/clients/socket.mjs';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { WebhookReceiver } from '../harness/network/webhook-receiver.mjs';
import { until } from '../harness/process/until.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { hasRefreshTokens } from '../harness/strapi/modes.mjs';

const SOCKETS = fileURLToPath(new URL('../../docs/examples/session-sockets.mjs', import.meta.url));

const LEASE_MS = 2000;

const HEARD = { heardFrom: 'another-instance' };

describe('Events on two instances without Redis (legacy-support)', () => {
  onTwoInstances('legacy-support', false);
});

describe('Events on two instances with Redis (refresh)', () => {
  onTwoInstances('refresh', true);
});

function onTwoInstances(mode, withRedis) {
  let redis, cluster, a, b, receiver;
  const sockets = [];
  before(async () => {
    redis = withRedis ? await RedisServer.start() : null;
    receiver = await WebhookReceiver.start();
    const env = {
      REDIS_URL: redis?.url ?? '',
      TEST_SOCKETS: SOCKETS,
      TEST_WEBHOOK: receiver.url,
    };
    cluster = await Cluster.start({ mode, env });
    [a, b] = cluster.instances;
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
  after(async () => {
    await cluster?.dispose();
    await receiver?.dispose();
    await redis?.dispose();
  });

  /** Signs a user up on A; gives the tokens and the session. */
  async function signUp() {
    const { jwt, refreshToken, user } = await cluster.signUp();
    const [{ id }] = await a.admin.sessionsOf(user.id);
    return { jwt, refreshToken, user, id };
  }

  async function logInAgain({ user }) {
    const { json } = await cluster.write(() => a.users.tryLogin(user.username));
    return { jwt: json.jwt, id: (await a.users.currentSession(json.jwt)).id };
  }

  async function socketOf(instance, { jwt }) {
    const socket = await UserSocket.open(instance, jwt);
    sockets.push(socket);
    return socket;
  }

  const eventsOn = async (instance) => (await instance.request('GET', '/api/observer/events')).json;

  const tellsOf = (id) => (event) =>
    event.session?.id === id && event.name === 'session.terminated';

  /** Waits until an instance has heard of the termination of a session; gives all such events. */
  const heardOn = (instance, id) =>
    until('the event is heard', async () => {
      const events = (await eventsOn(instance)).filter(tellsOf(id));
      return events.length > 0 && events;
    });

  const callsFor = (id) => receiver.calls.filter(({ session }) => session?.id === id);

  /** Terminates a session on an instance, and waits until its webhook is called. */
  async function terminateAndCall(instance, { id }) {
    assertStatus(await cluster.write(() => instance.admin.terminate(id)), 200);
    await until('the webhook is called', () => callsFor(id).length > 0);
  }

  it('close a socket on B when A terminates its session, and no other socket', async () => {
    const ada = await signUp();
    const bob = await signUp();
    const [onA, onB] = [await socketOf(a, ada), await socketOf(b, ada)];
    const other = await socketOf(b, bob);
    assert.deepEqual(onB.session, { sessionId: ada.id, userId: ada.user.id });
    const acknowledgedAt = await cluster.terminate(ada.id);
    await until('both are closed', () => onA.closed && onB.closed);
    const tookMs = performance.now() - acknowledgedAt;
    assert.ok(tookMs <= LEASE_MS, `${tookMs} ms`);
    assert.equal(onB.closed, 'io server disconnect');
    assert.equal(other.closed, null);
    await assert.rejects(socketOf(b, ada), { message: 'unauthorized' });
    await assert.rejects(socketOf(b, { jwt: undefined }), { message: 'unauthorized' });
  });

  it('are emitted once on each instance, marked where they are heard from another', async () => {
    const ada = await signUp();
    const facts = {
      name: 'session.terminated',
      session: { id: ada.id, userId: ada.user.id, reason: 'admin' },
    };
    await Promise.all([1, 2].map(() => cluster.write(() => a.admin.terminate(ada.id))));
    assert.deepEqual(await heardOn(a, ada.id), [facts]);
    assert.deepEqual(await heardOn(b, ada.id), [{ ...facts, ...HEARD }]);
    // Each of these takes another poll or hint, in both directions.
    for (const [from, to] of [
      [a, b],
      [b, a],
      [a, b],
    ]) {
      const next = await signUp();
      assertStatus(await cluster.write(() => from.admin.terminate(next.id)), 200);
      await heardOn(to, next.id);
    }
    assert.deepEqual(await heardOn(a, ada.id), [facts]);
    assert.deepEqual(await heardOn(b, ada.id), [{ ...facts, ...HEARD }]);
  });

  it('call a webhook once for each termination', async () => {
    const ada = await signUp();
    const acknowledged = terminateAndCall(a, ada);
    await acknowledged;
    await heardOn(b, ada.id);
    // Webhooks are called in order: whatever B called for the first, it has called before this.
    await terminateAndCall(b, await signUp());
    const [call, ...more] = callsFor(ada.id);
    assert.deepEqual(more, []);
    assert.equal(call.event, 'session.terminated');
    assert.equal(call.heardFrom, undefined);
  });

  it('call it once where both instances terminate a session at the same time', async () => {
    const users = [];
    for (let count = 0; count < 5; count += 1) users.push(await signUp());
    await Promise.all(
      users.flatMap(({ id }) =>
        [a, b].map((instance) => cluster.write(() => instance.admin.terminate(id))),
      ),
    );
    for (const { id } of users) {
      const [onA, onB] = [await heardOn(a, id), await heardOn(b, id)];
      assert.equal(onA.length + onB.length, 2);
      assert.equal([...onA, ...onB].filter(({ heardFrom }) => heardFrom).length, 1);
    }
    for (const instance of [a, b]) await terminateAndCall(instance, await signUp());
    for (const { id } of users) assert.equal(callsFor(id).length, 1);
  });

  it('close the sockets of a user but those of the session that is kept', async () => {
    const ada = await signUp();
    const kept = await logInAgain(ada);
    const [ended, open] = [await socketOf(b, ada), await socketOf(b, kept)];
    assertStatus(await cluster.write(() => a.users.own(kept.jwt, 'POST', '/logout-others')), 200);
    await until('the other session is closed', () => ended.closed);
    await until('B hears of the user', async () =>
      (await eventsOn(b)).some(({ sessions }) => sessions?.userId === ada.user.id),
    );
    assertStatus(await b.users.me(kept.jwt), 200);
    assert.equal(open.closed, null);
  });

  it('close the sockets of a user, or of everyone, after a termination by one row', async () => {
    const [ada, bob] = [await signUp(), await signUp()];
    const [adaOnB, bobOnB] = [await socketOf(b, ada), await socketOf(b, bob)];
    const revoke = async (userId) => {
      const answer = await cluster.write(() =>
        a.request('POST', `/api/account/${userId}/endBefore`),
      );
      assertStatus(answer, 200);
    };
    const revokedOn = async (instance, userId) =>
      (await eventsOn(instance)).filter(({ sessions }) => sessions?.userId === userId);
    await revoke(ada.user.id);
    await until('the socket on B is closed', () => adaOnB.closed);
    assert.equal(bobOnB.closed, null);
    await revoke(0);
    await until('every socket on B is closed', () => bobOnB.closed);
    for (const userId of [ada.user.id, 'everyone']) {
      const event = { name: 'sessions.revoked', sessions: { userId, reason: 'admin' } };
      assert.deepEqual(await revokedOn(a, userId), [event]);
      assert.deepEqual(await revokedOn(b, userId), [{ ...event, ...HEARD }]);
      const calls = receiver.calls.filter(({ sessions }) => sessions?.userId === userId);
      assert.equal(calls.length, 1);
    }
  });

  it('tell a restarted instance of no termination from before', async () => {
    const ada = await signUp();
    await cluster.terminate(ada.id);
    await heardOn(b, ada.id);
    await b.restart();
    await b.admin.login();
    const next = await signUp();
    await cluster.terminate(next.id);
    await heardOn(b, next.id);
    const events = await eventsOn(b);
    assert.deepEqual(events.filter(tellsOf(ada.id)), []);
  });

  it('tell of two thousand terminations at once, while requests are served', async () => {
    const { jwt } = await signUp();
    assertStatus(await b.users.me(jwt), 200);
    const heardBefore = (await eventsOn(b)).length;
    storeSessions(a, 2000, { userId: 1_000_000, loggedInAgo: 1000, lastSeenAgo: 1000 });
    const done = cluster.write(() => a.admin.terminateMatching({ filters: { userId: 1_000_000 } }));
    let slowestMs = 0;
    await until('B hears of all', async () => {
      const sentAt = performance.now();
      assertStatus(await b.users.me(jwt), 200);
      slowestMs = Math.max(slowestMs, performance.now() - sentAt);
      return (await eventsOn(b)).length >= heardBefore + 2000;
    });
    assertStatus(await done, 200);
    const ids = (await eventsOn(b)).slice(heardBefore).map(({ session }) => session?.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(slowestMs < LEASE_MS, `a request took ${slowestMs} ms`);
  });

  if (hasRefreshTokens(mode)) {
    it('close a socket that was opened with a token of a later rotation', async () => {
      const ada = await signUp();
      const { jwt } = (await cluster.write(() => a.users.tryRefresh(ada.refreshToken))).json;
      const socket = await socketOf(b, { jwt });
      assert.equal(socket.session.sessionId, ada.id);
      await cluster.terminate(ada.id);
      await until('it is closed', () => socket.closed);
    });
  }
}
