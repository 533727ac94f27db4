import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { ADMIN, Admin } from '../../harness/clients/admin.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const READ = 'plugin::magic-sessionmanager.read';
const TERMINATE = 'plugin::magic-sessionmanager.terminate';
const BLOCK = 'plugin::magic-sessionmanager.block';
const SETTINGS = 'plugin::magic-sessionmanager.settings';

describe('The admin API', () => {
  let server;
  let session;
  let userJwt;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    const { user, jwt } = await server.users.signUp();
    [session] = await server.admin.sessionsOf(user.id);
    userJwt = jwt;
  });
  after(() => server.dispose());

  /** Every route of the API as method and path. */
  const routes = () => [...sessionRoutes(), ...settingsRoutes()];

  const settingsRoutes = () => [
    ['GET', '/magic-sessionmanager/settings'],
    ['PUT', '/magic-sessionmanager/settings'],
  ];

  const sessionRoutes = () => [
    ['GET', '/magic-sessionmanager/sessions'],
    ['GET', '/magic-sessionmanager/sessions/impact-facts'],
    ['GET', '/magic-sessionmanager/status'],
    ['GET', '/magic-sessionmanager/journal'],
    ['GET', '/magic-sessionmanager/activity'],
    ['POST', '/magic-sessionmanager/sessions/terminate'],
    ['GET', `/magic-sessionmanager/sessions/${session.id}`],
    ['POST', `/magic-sessionmanager/sessions/${session.id}/terminate`],
    ['GET', `/magic-sessionmanager/user/${session.user.id}/sessions`],
    ['POST', `/magic-sessionmanager/user/${session.user.id}/terminate-all`],
    ['POST', `/magic-sessionmanager/user/${session.user.id}/block`],
    ['POST', `/magic-sessionmanager/user/${session.user.id}/toggle-block`],
  ];

  const stillActive = async () =>
    assert.equal((await server.admin.session(session.id)).json.data.state, 'active');

  it('refuses everyone who is not logged in as an administrator', async () => {
    for (const [method, path] of routes()) {
      assertStatus(await server.request(method, path), 401);
      assertStatus(await server.request(method, path, { bearer: userJwt }), 401);
      assertStatus(await server.request(method, path, { bearer: 'nonsense' }), 401);
    }
    await stillActive();
  });

  it('refuses an administrator without the permissions', async () => {
    const editor = await server.admin.colleague('editor@example.test', 'strapi-editor');
    for (const [method, path] of routes()) assertStatus(await editor.request(method, path), 403);
    await stillActive();
  });

  it('does not let an administrator who may only read terminate anything', async () => {
    const role = await server.admin.role('Readers', [READ]);
    const reader = await server.admin.colleague('reader@example.test', role);
    for (const [method, path] of sessionRoutes()) {
      assertStatus(await reader.request(method, path), method === 'GET' ? 200 : 403);
    }
    for (const [method, path] of settingsRoutes()) {
      assertStatus(await reader.request(method, path), 403);
    }
    await stillActive();
  });

  it('lets an administrator who may only change settings see no session', async () => {
    const role = await server.admin.role('Tuners', [SETTINGS]);
    const tuner = await server.admin.colleague('tuner@example.test', role);
    for (const [method, path] of sessionRoutes()) {
      assertStatus(await tuner.request(method, path), 403);
    }
    assertStatus(await tuner.settings(), 200);
    assertStatus(await tuner.changeSettings({}), 200);
  });

  it('lets only those block a user who may block', async () => {
    const { user } = await server.users.signUp();
    const terminators = await server.admin.role('Terminators', [READ, TERMINATE]);
    const terminator = await server.admin.colleague('terminator@example.test', terminators);
    assertStatus(await terminator.terminateAll(user.id), 200);
    assertStatus(await terminator.block(user.id), 403);
    assertStatus(await terminator.toggleBlock(user.id), 403);
    const blockers = await server.admin.role('Blockers', [BLOCK]);
    const blocker = await server.admin.colleague('blocker@example.test', blockers);
    assertStatus(await blocker.block(user.id), 200);
    assertStatus(await blocker.terminateAll(user.id), 403);
  });

  it('lets those block a user after an upgrade who might before, until that is withdrawn', async () => {
    const { user } = await server.users.signUp();
    const role = await server.admin.role('Old hands', [TERMINATE]);
    const email = 'old-hand@example.test';
    await server.admin.colleague(email, role);
    const afterRestart = async () => {
      await server.restart();
      await server.admin.login();
      const oldHand = await new Admin(server).login({ ...ADMIN, email });
      return await oldHand.block(user.id);
    };
    // As a version that does not know the permission leaves the database.
    const known = `SELECT id FROM admin_permissions WHERE action = '${BLOCK}'`;
    server.database.run(`DELETE FROM admin_permissions_role_lnk WHERE permission_id IN (${known})`);
    server.database.run(`DELETE FROM admin_permissions WHERE action = '${BLOCK}'`);
    assertStatus(await afterRestart(), 200);
    assert.equal(server.database.rows(known).length, (await holdersOf(TERMINATE)).length);

    const only = { permissions: [{ action: TERMINATE, subject: null, conditions: [] }] };
    const path = `/admin/roles/${role}/permissions`;
    assertStatus(await server.admin.request('PUT', path, only), 200);
    assertStatus(await afterRestart(), 403);
  });

  const holdersOf = (action) =>
    server.database.rows('SELECT id FROM admin_permissions WHERE action = ?', action);

  it('says 404 for a session it does not know', async () => {
    for (const id of ['0'.repeat(32), 'x', session.id.toUpperCase().replace(/\d/g, 'F')]) {
      assertStatus(await server.admin.session(id), 404);
      assertStatus(await server.admin.terminate(id), 404);
    }
  });

  it('shows one session as the list shows it, with its history and how its tokens are kept', async () => {
    const answer = await server.admin.session(session.id);
    assertStatus(answer, 200);
    const { history, stored, ...facts } = answer.json.data;
    assert.deepEqual(facts, session);
    assert.ok(Array.isArray(history));
    assert.deepEqual(Object.keys(stored), ['refresh']);
  });

  it('is not reachable under /api', async () => {
    const answer = await server.request('GET', '/api/magic-sessionmanager/sessions', {
      bearer: userJwt,
    });
    assert.ok([403, 404, 405].includes(answer.status), String(answer.status));
  });
});
