import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

/** The ways in which code of an app writes a relation. */
const SPELLINGS = {
  'an id': (id) => id,
  'an object': (id) => ({ id }),
  connect: (id) => ({ connect: [{ id }] }),
  set: (id) => ({ set: [{ id }] }),
};

inBothModes('With terminateOnRoleChange, the sessions of a user', (mode) => {
  let server;
  let apiToken;
  let members;
  let others;
  before(async () => {
    server = await TestServer.start({ mode, config: { terminateOnRoleChange: true } });
    await server.admin.register();
    apiToken = await server.admin.apiToken();
    const ofType = "SELECT id FROM up_roles WHERE type = 'authenticated'";
    [{ id: members }] = server.database.rows(ofType);
    others = await server.admin.userRole('Others');
  });
  after(() => server.dispose());

  const change = async ({ id }, way, data) =>
    assertStatus(await server.request('POST', `/api/account/${id}/${way}`, { body: data }), 200);

  async function assertEnded({ jwt, refreshToken, user }) {
    assertRefused(await server.users.me(jwt), 'role_changed');
    if (hasRefreshTokens(mode)) {
      const refresh = await server.users.tryRefresh(refreshToken);
      assertStatus(refresh, 401);
      assertNoToken(refresh);
    }
    const [session] = await server.admin.sessionsOf(user.id);
    assert.equal(session.reason, 'role_changed');
  }

  for (const way of ['documents', 'query', 'service']) {
    for (const [name, spelled] of Object.entries(SPELLINGS)) {
      it(`are terminated when code gives another role (${way}, ${name})`, async () => {
        const person = await server.users.signUp();
        const stranger = await server.users.signUp();
        await change(person.user, way, { role: spelled(members) });
        assertStatus(await server.users.me(person.jwt), 200);
        await change(person.user, way, { role: spelled(others) });
        await assertEnded(person);
        assertStatus(await server.users.me(stranger.jwt), 200);
      });
    }
  }

  it('are terminated when the API gives another role', async () => {
    const person = await server.users.signUp();
    const path = `/api/users/${person.user.id}`;
    const answer = await server.request('PUT', path, { bearer: apiToken, body: { role: others } });
    assertStatus(answer, 200);
    await assertEnded(person);
  });

  it('are terminated when an administrator gives another role', async () => {
    const person = await server.users.signUp();
    await server.admin.giveRole(person.user.id, others);
    await assertEnded(person);
  });

  it('are terminated when the role is taken away', async () => {
    const person = await server.users.signUp();
    await change(person.user, 'query', { role: null });
    await assertEnded(person);
  });

  it('are terminated when the role itself is deleted', async () => {
    const passing = await server.admin.userRole('Passing');
    const person = await server.users.signUp();
    await change(person.user, 'query', { role: passing });
    const login = await server.users.login(person.user.username);
    const path = `/users-permissions/roles/${passing}`;
    assertStatus(await server.admin.request('DELETE', path), 200);
    await assertEnded({ ...login, user: person.user });
  });

  it('are terminated when the role is given other members', async () => {
    const [person, stranger] = [await server.users.signUp(), await server.users.signUp()];
    const users = { connect: [{ id: person.user.id }] };
    await change({ id: others }, 'role', { users });
    await assertEnded(person);
    assertStatus(await server.users.me(stranger.jwt), 200);
  });

  it('are terminated for the stronger reason when more is changed at once', async () => {
    const person = await server.users.signUp();
    await change(person.user, 'query', { role: others, blocked: true });
    assertRefused(await server.users.me(person.jwt), 'user_blocked');
  });

  it('go on when the change is rolled back', async () => {
    const person = await server.users.signUp();
    await change(person.user, 'rolledBack', { role: others });
    assertStatus(await server.users.me(person.jwt), 200);
  });

  it('begin again with the next login, under the new role', async () => {
    const person = await server.users.signUp();
    const editors = await server.admin.userRole('Readers');
    await server.admin.giveRole(person.user.id, editors);
    await assertEnded(person);
    const { jwt } = await server.users.login(person.user.username);
    assertStatus(await server.users.own(jwt, 'GET', '/current-session'), 200);
    assertStatus(await server.users.articles(jwt), 403);
  });
});

describe('Without terminateOnRoleChange', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
  });
  after(() => server.dispose());

  it('sessions go on with the new role, until the option is set', async () => {
    const person = await server.users.signUp();
    assertStatus(await server.users.articles(person.jwt), 200);
    const others = await server.admin.userRole('Others');
    await server.admin.giveRole(person.user.id, others);
    assertStatus(await server.users.articles(person.jwt), 403);
    assertStatus(await server.users.own(person.jwt, 'GET', '/current-session'), 200);

    assertStatus(await server.admin.changeSettings({ terminateOnRoleChange: true }), 200);
    const again = await server.admin.userRole('Yet others');
    await server.admin.giveRole(person.user.id, again);
    assertRefused(await server.users.own(person.jwt, 'GET', '/current-session'), 'role_changed');
  });
});
