import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { CLIENT } from '../harness/databases/database.mjs';
import { indexesOf } from '../harness/sql/catalog.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const TABLE = 'magic_sessionmanager_sessions';

/** The indexes that earlier builds had in place of the present ones. */
const EARLIER = {
  ip_seen_ix: ['ip', 'last_seen_at_ms', 'state'],
};
const PRESENT = ['ip_ix'];

const nameOf = (index) => `${TABLE}_${index}`;
const onTable = CLIENT === 'mysql' ? ` ON ${TABLE}` : '';
const column = CLIENT === 'mysql' ? '`schema`' : '"schema"';
const literal = (text) => {
  const escaped = CLIENT === 'mysql' ? text.replaceAll('\\', '\\\\') : text;
  return `'${escaped.replaceAll("'", "''")}'`;
};

describe('A start with the indexes of an earlier build', () => {
  let server;
  let login;
  let present;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    login = await server.users.signUp();
    present = indexesOf(server.database, TABLE);
    await server.stop();
    makeEarlier(server.database);
    await server.boot();
    await server.admin.login();
  });
  after(() => server.dispose());

  /** Changes the indexes, and what Strapi remembers of them, to those of an earlier build. */
  function makeEarlier(database) {
    for (const index of PRESENT) database.run(`DROP INDEX ${nameOf(index)}${onTable}`);
    for (const [index, columns] of Object.entries(EARLIER))
      database.run(`CREATE INDEX ${nameOf(index)} ON ${TABLE} (${columns})`);
    const [{ schema }] = database.rows(`SELECT ${column} FROM strapi_database_schema`);
    const remembered = typeof schema === 'string' ? JSON.parse(schema) : schema;
    const table = remembered.tables.find(({ name }) => name === TABLE);
    const kept = table.indexes.filter(({ name }) => !PRESENT.map(nameOf).includes(name));
    const earlier = Object.entries(EARLIER).map(([index, columns]) => ({
      name: nameOf(index),
      columns,
    }));
    table.indexes = [...kept, ...earlier];
    const text = literal(JSON.stringify(remembered));
    database.run(`UPDATE strapi_database_schema SET ${column} = ${text}, hash = 'earlier'`);
    database.close();
  }

  it('drops them and adds the present ones', () => {
    assert.deepEqual(indexesOf(server.database, TABLE).sort(), [...present].sort());
    assert.ok(present.includes('ip'));
  });

  it('keeps the sessions', async () => {
    assertStatus(await server.users.me(login.jwt), 200);
    const [session] = await server.admin.sessionsOf(login.user.id);
    assert.equal(session.state, 'active');
  });
});
