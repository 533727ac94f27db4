import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const PLUGIN = 'plugin::magic-sessionmanager';

/** The users' API, route by route. */
const ROUTES = [
  ['GET', '/my-sessions'],
  ['GET', '/current-session'],
  ['DELETE', '/my-sessions/none'],
  ['POST', '/logout-others'],
  ['POST', '/logout-all'],
  ['POST', '/logout'],
];

const listed = (server, { jwt }) => server.users.own(jwt, 'GET', '/my-sessions');

inBothModes('The permission to see and terminate own sessions', (mode) => {
  const servers = [];
  const started = async (options) => {
    const server = await TestServer.start({ mode, ...options });
    servers.push(server);
    await server.admin.register();
    return server;
  };
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.dispose())));

  it('is there on a fresh database, whichever plugin starts first', async () => {
    // With options the plugin is declared before users-permissions, without them it comes after.
    for (const config of [undefined, {}]) {
      const server = await started({ config });
      const login = await server.users.signUp();
      assertStatus(await server.users.me(login.jwt), 200);
      assertStatus(await listed(server, login), 200);
    }
  });

  it('comes to a database that knew no plugin, and to roles that came later', async () => {
    const server = await started({ env: { MAGIC_ENABLED: 'false' } });
    const old = await server.admin.userRole('Old');
    const login = await server.users.signUp();
    const member = await server.users.signUp();
    await server.admin.giveRole(member.user.id, old);
    await server.restart({ MAGIC_ENABLED: 'true' });
    assertStatus(await listed(server, login), 200);
    assertStatus(await listed(server, member), 200);

    const later = await server.users.signUp();
    await server.admin.giveRole(later.user.id, await server.admin.userRole('Later'));
    assertStatus(await listed(server, later), 200);
  });

  it('can be withdrawn from a role, for good, and given again', async () => {
    const server = await started();
    const login = await server.users.signUp();
    const other = await server.users.signUp();
    const role = await server.admin.userRole('Withdrawn');
    await server.admin.giveRole(login.user.id, role);
    await server.admin.withdraw(role, `${PLUGIN}.my-session.find`);

    for (const restart of [false, true]) {
      if (restart) await server.restart();
      for (const [method, path] of ROUTES) {
        const refused = await server.users.own(login.jwt, method, path);
        assertStatus(refused, 403);
        assert.equal(refused.json.error.name, 'ForbiddenError');
      }
      const [session] = await server.admin.sessionsOf(login.user.id);
      assert.equal(session.state, 'active');
      assertStatus(await listed(server, other), 200);
    }
    await server.admin.permit(role, `${PLUGIN}.my-session.find`);
    assertStatus(await listed(server, login), 200);
  });

  it('comes back where it was lost, but not where it was withdrawn', async () => {
    const server = await started();
    const login = await server.users.signUp();
    const withdrawn = await server.users.signUp();
    const role = await server.admin.userRole('Withdrawn');
    await server.admin.giveRole(withdrawn.user.id, role);
    await server.admin.withdraw(role, `${PLUGIN}.my-session.find`);
    // As an import does that has no such permission, and users-permissions without the plugin.
    server.database.run(`delete from up_permissions where action like '${PLUGIN}%'`);
    assertStatus(await listed(server, login), 403);
    await server.restart();
    assertStatus(await listed(server, login), 200);
    assertStatus(await listed(server, withdrawn), 403);
    assert.match(server.log, /role Authenticated had lost the permission .* granted again/);
    await server.admin.login();
    await server.admin.permit(role, `${PLUGIN}.my-session.find`);
    await server.restart();
    server.database.run(`delete from up_permissions where action like '${PLUGIN}%'`);
    await server.restart();
    assertStatus(await listed(server, withdrawn), 200);
  });

  it('is checked only at routes that require it, also at those of the app', async () => {
    const server = await started();
    const { jwt, user } = await server.users.signUp();
    const able = (path, action) =>
      server.request('GET', `/api/observer/${path}?action=${action}`, { bearer: jwt });
    const found = async (path, action) => {
      const answer = await able(path, action);
      assertStatus(answer, 200);
      return answer.json;
    };
    const [own, foreign] = [`${PLUGIN}.my-session.find`, 'plugin::users-permissions.user.me'];
    assert.equal(await found('able', own), false);
    assert.equal(await found('able', foreign), true);
    assert.equal(await found('able-to-see', own), true);

    const role = await server.admin.userRole('Without');
    await server.admin.giveRole(user.id, role);
    assertStatus(await able('able-to-see', own), 200);
    await server.admin.withdraw(role, own);
    assertStatus(await able('able-to-see', own), 403);
  });

  it('comes back with the plugin when that was switched off for a while', async () => {
    const server = await started();
    const { username } = await server.users.register();
    await server.restart({ MAGIC_ENABLED: 'false' });
    await server.restart({ MAGIC_ENABLED: 'true' });
    assertStatus(await listed(server, await server.users.login(username)), 200);
  });
});

describe('The editor of roles', () => {
  let server;
  after(() => server.dispose());

  it('offers one permission of the users, given once to every role but Public', async () => {
    server = await TestServer.start();
    await server.admin.register();
    const { permissions } = (await server.admin.request('GET', '/users-permissions/permissions'))
      .json;
    const { controllers } = permissions[PLUGIN];
    assert.deepEqual(Object.keys(controllers), ['my-session']);
    assert.deepEqual(Object.keys(controllers['my-session']), ['find']);
    await server.restart();
    const given = server.database.rows(
      `select r.type as role, count(*) as n
         from up_permissions p
         join up_permissions_role_lnk l on l.permission_id = p.id
         join up_roles r on r.id = l.role_id
        where p.action like '${PLUGIN}.%' group by r.type`,
    );
    assert.deepEqual(given, [{ role: 'authenticated', n: 1 }]);
  });
});
