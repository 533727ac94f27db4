import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { tablesOf } from '../harness/sql/catalog.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../harness/strapi/modes.mjs';
import { until } from '../harness/process/until.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const PAGE = readFileSync(new URL('../../docs/removing.md', import.meta.url), 'utf8');

/** The statements that the page gives to those who remove the plugin. */
const CLEAN_UP = /\n## Delete the rest\n[^#]*```sql\n([^`]+)```/.exec(PAGE)[1];

const REMOVED = { MAGIC_ENABLED: 'false' };
const INSTALLED = { MAGIC_ENABLED: 'true' };

/** As many as there are models; two files beside them have none. */
const OWN_TABLES =
  readdirSync(new URL('../../plugin/server/src/models', import.meta.url)).length - 2;

const ownTables = ({ database }) => tablesOf(database).filter((name) => name.startsWith('magic_'));

/** What is stored under the plugin's name in tables that are not its own. */
function tracesIn({ database }) {
  const keys = `SELECT s.key AS name FROM strapi_core_store_settings s WHERE s.key LIKE '%magic-sessionmanager%'`;
  const actions = (table) =>
    `SELECT action AS name FROM ${table} WHERE action LIKE '%magic-sessionmanager%'`;
  const queries = [keys, actions('up_permissions'), actions('admin_permissions')];
  return queries.flatMap((query) => database.rows(query)).map(({ name }) => name);
}

inBothModes('An app from which the plugin is removed', (mode) => {
  let server;
  let kept;
  let ended;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
    kept = await server.users.signUp();
    ended = await server.users.signUp();
    await server.admin.terminateAll(ended.user.id);
    await server.admin.changeSettings({ maxSessionsPerUser: 5 });
  });
  after(() => server.dispose());

  it('lets its users go on, and holders of a token of a terminated session as well', async () => {
    assert.equal(ownTables(server).length, OWN_TABLES);
    await server.restart({ ...REMOVED, FORCE_MIGRATION: 'false' });
    assertStatus(await server.users.me(kept.jwt), 200);
    assertStatus(await server.users.me(ended.jwt), 200);
    if (hasRefreshTokens(mode)) await server.users.refresh(kept.refreshToken);
    assertStatus(await server.users.me((await server.users.signUp()).jwt), 200);
  });

  it('is itself again after the clean-up in the documentation', async () => {
    assert.equal(ownTables(server).length, OWN_TABLES);
    await server.stop();
    for (const statement of CLEAN_UP.split(';').filter((text) => text.trim()))
      server.database.run(statement);
    assert.deepEqual(ownTables(server), []);
    await server.boot();
    assert.deepEqual(tracesIn(server), []);
    assertStatus(await server.users.me(kept.jwt), 200);
    assert.ok(!/\berror:/.test(server.log), server.log);
  });

  it('begins again when the plugin is installed again', async () => {
    await server.restart({ ...INSTALLED, FORCE_MIGRATION: 'true' });
    const before = await server.users.me(kept.jwt);
    if (hasRefreshTokens(mode)) assertStatus(before, 200);
    else assertRefused(before, 'unknown');
    assertStatus(await server.users.me(ended.jwt), 401);
    const { jwt, refreshToken, user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.users.me(jwt), 200);
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
    if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
    assert.equal((await server.admin.setting('maxSessionsPerUser')).value, -1);
    assert.ok(!/\berror:/.test(server.log), server.log);
  });
});

inBothModes('An app that runs without the plugin for a while, with nothing cleaned up', (mode) => {
  let server;
  let live;
  let ended;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
    live = await server.users.signUp();
    ended = await server.users.signUp();
    await server.admin.terminateAll(ended.user.id);
    await server.admin.changeSettings({ maxSessionsPerUser: 5 });
  });
  after(() => server.dispose());

  const assertKept = async () => {
    assert.equal(ownTables(server).length, OWN_TABLES);
    assertStatus(await server.users.me(live.jwt), 200);
    assertRefused(await server.users.me(ended.jwt), 'admin');
    assert.equal((await server.admin.setting('maxSessionsPerUser')).value, 5);
    assert.doesNotMatch(server.log, /tables were dropped/);
  };

  it('keeps its tables, so that its sessions go on', async () => {
    await server.restart(REMOVED);
    assert.equal(ownTables(server).length, OWN_TABLES);
    await server.restart(INSTALLED);
    await assertKept();
  });

  it('keeps them through a command in an environment without the plugin', async () => {
    await server.stop();
    await server.command(['content-types:list'], REMOVED);
    await server.command(['configuration:dump'], REMOVED);
    await server.boot(INSTALLED);
    await assertKept();
  });

  it('keeps them while Strapi’s own list of them is lost, as after an import', async () => {
    await server.stop();
    server.database.run(`DELETE FROM strapi_core_store_settings
      WHERE strapi_core_store_settings.key = 'core_persisted_tables'`);
    await server.boot();
    await server.restart(REMOVED);
    await server.restart(INSTALLED);
    await assertKept();
  });

  it('says so where they were dropped, and begins again', async () => {
    await server.stop();
    server.database.run(`DELETE FROM strapi_core_store_settings
      WHERE strapi_core_store_settings.key = 'core_persisted_tables'`);
    await server.boot(REMOVED);
    assert.deepEqual(ownTables(server), []);
    await server.restart(INSTALLED);
    await until('the log says so', () => /tables were dropped/.test(server.log));
    assertStatus(await server.users.me(ended.jwt), 401);
    assertStatus(await server.users.me((await server.users.signUp()).jwt), 200);
  });
});
