import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { indexesOf } from '../harness/sql/catalog.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { sign } from '../harness/clients/jwt.mjs';
import { TEST_SECRETS, TestServer } from '../harness/strapi/test-server.mjs';

const FIXTURE = readFileSync(new URL('first-release.sql', import.meta.url), 'utf8');

const itsDatabase = () => {
  let server;
  let sessions;
  before(async () => {
    server = await TestServer.start({ env: { MAGIC_ENABLED: 'false' } });
    await server.users.signUp();
    await server.stop();
    server.database.run(FIXTURE);
    const now = Date.now();
    server.database.run(`UPDATE magic_sessions
      SET logged_in_at_ms = ${now}, last_seen_at_ms = ${now},
        terminated_at_ms = CASE WHEN state = 'terminated' THEN ${now} END`);
    sessions = server.database.rows('SELECT session_id AS id, user_id, state FROM magic_sessions');
    server.database.close();
    await server.boot({ MAGIC_ENABLED: 'true' });
    await server.admin.register();
  });
  after(() => server.dispose());

  const tokenOf = ({ id, user_id }) => {
    const iat = Math.floor(Date.now() / 1000);
    const payload = { id: user_id, sid: id, iat, exp: iat + 3600 };
    return sign(payload, TEST_SECRETS.JWT_SECRET);
  };

  it('keeps its sessions: who was logged in goes on, who was not does not', async () => {
    const [live, ended] = ['active', 'terminated'].map((state) =>
      sessions.find((session) => session.state === state),
    );
    assertStatus(await server.users.me(tokenOf(live)), 200);
    assertRefused(await server.users.me(tokenOf(ended)), 'logout');
    const listed = (await server.admin.sessionsOf(live.user_id)).map(({ id }) => id);
    for (const { id } of sessions) assert.ok(listed.includes(id));
  });

  it('keeps its rotations and is given the indexes of today', () => {
    const [{ n }] = server.database.rows('SELECT count(*) AS n FROM magic_session_rotations');
    assert.equal(n, 1);
    assert.ok(indexesOf(server.database, 'magic_sessions').includes('last_seen_at_ms'));
  });

  it('does not give again what was given', () => {
    const given = server.database.rows('SELECT role_id, action FROM magic_session_grants');
    assert.equal(new Set(given.map((grant) => JSON.stringify(grant))).size, given.length);
  });
};

// The fixture is of SQLite.
if (CLIENT === 'sqlite') describe('A database that the first release wrote', itsDatabase);
