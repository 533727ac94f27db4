import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { indexesOf, schemaOf } from '../harness/sql/catalog.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { STATEMENT_LOG } from '../harness/sql/statement-log.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

describe('The tables', () => {
  let server;
  let login;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    login = await server.users.signUp();
  });
  after(() => server.dispose());

  it('keep instants to the millisecond, as the API shows them', async () => {
    const [shown] = await server.admin.sessionsOf(login.user.id);
    const [row] = server.database.rows(
      'SELECT logged_in_at_ms AS at FROM magic_sessionmanager_sessions WHERE session_id = ?',
      shown.id,
    );
    assert.equal(new Date(Number(row.at)).toISOString(), shown.loggedInAt);
    assert.ok(Math.abs(Date.now() - Number(row.at)) < 60_000, 'whatever the zone of the server');
  });

  it('know a session by its id exactly as it is spelled', async () => {
    const [{ id }] = await server.admin.sessionsOf(login.user.id);
    assertStatus(await server.admin.session(id), 200);
    for (const spelling of [id.toUpperCase(), `${id}%20`, `${id}%00`]) {
      if (spelling === id) continue;
      assertStatus(await server.admin.session(spelling), 404);
      assertStatus(await server.admin.terminate(spelling), 404);
    }
    assertStatus(await server.users.me(login.jwt), 200);
  });

  it('take a login from a client that calls itself anything', async () => {
    const long = '9'.repeat(400);
    for (const userAgent of [
      `Mozilla/5.0 (Windows NT ${long}) AppleWebKit/537.36 Chrome/${long} Safari/537.36`,
      `${long}/${long}`,
      'ÿ'.repeat(600),
    ]) {
      const answer = await server.users.register({ userAgent });
      assertStatus(answer, 200);
    }
  });

  it('have an index by session id, Strapi’s own included', () => {
    assert.ok(indexesOf(server.database, 'strapi_sessions').includes('session_id'));
    assert.ok(
      indexesOf(server.database, 'magic_sessionmanager_sessions').includes('session_id unique'),
    );
  });

  it('stay as they are when Strapi starts again', async () => {
    const first = schemaOf(server.database);
    assert.ok(first.columns.length > 100);
    await server.restart();
    assert.deepEqual(schemaOf(server.database), first);
    assertStatus(await server.users.me(login.jwt), 200);
  });

  it('are left alone when Strapi compares all tables, as it does when one has changed', async () => {
    const first = schemaOf(server.database);
    for (const FORCE_MIGRATION of ['true', 'false']) {
      server.database.run('DELETE FROM strapi_database_schema');
      server.database.close();
      await server.restart({ FORCE_MIGRATION, ...STATEMENT_LOG });
      // The foreign keys that Strapi gives each table it creates again on MySQL.
      const change = /knex:query (?:alter|create|drop) (?!.*foreign key).*\bmagic_.*/g;
      const changes = server.log.match(change);
      assert.deepEqual(changes ?? [], []);
      assert.deepEqual(schemaOf(server.database), first);
      assertStatus(await server.users.me(login.jwt), 200);
    }
  });
});
