import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { assertNoToken, assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

/** Lets a table be written, and the COMMIT after it fail, as one does whose connection breaks. */
const FAILING_COMMIT = {
  damage: (table, write) => `
    CREATE FUNCTION fail() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no commit'; END $$ LANGUAGE plpgsql;
    CREATE CONSTRAINT TRIGGER no_commit AFTER ${write} ON ${table}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`,
  remedy: (table) => `DROP TRIGGER no_commit ON ${table}; DROP FUNCTION fail()`,
};

const NEW = 'Better-Horse-2';

const failing = async (server, table, act, write = 'INSERT') => {
  server.database.run(FAILING_COMMIT.damage(table, write));
  try {
    return await act();
  } finally {
    server.database.run(FAILING_COMMIT.remedy(table));
  }
};

// Only PostgreSQL puts a check off until the commit.
if (CLIENT === 'postgres')
  describe('A commit that fails', { concurrency: false }, () => {
    let server;
    before(async () => {
      server = await TestServer.start({ mode: 'refresh' });
      await server.admin.register();
    });
    after(() => server.dispose());

    it('lets no token of a login leave', async () => {
      const { username } = await server.users.register();
      const answer = await failing(server, 'magic_sessions', () => server.users.tryLogin(username));
      assertStatus(answer, 503);
      assertNoToken(answer);
      assertStatus(await server.users.tryLogin(username), 200);
    });

    it('confirms no change of a password, and terminates nothing', async () => {
      const { jwt, user } = await server.users.signUp();
      const path = `/api/account/${user.id}/service`;
      const change = () => server.request('POST', path, { body: { password: NEW } });
      const answer = await failing(server, 'up_users', change, 'UPDATE');
      assertStatus(answer, 503);
      assertNoToken(answer);
      assertStatus(await server.users.me(jwt), 200);
      assertStatus(await server.users.tryLogin(user.username), 200);
      assertStatus(await change(), 200);
      assertStatus(await server.users.me(jwt), 401);
    });

    it('lets no token of a refresh leave, which would be of no session', async () => {
      const { refreshToken, user } = await server.users.signUp();
      const answer = await failing(server, 'magic_session_rotations', () =>
        server.users.tryRefresh(refreshToken),
      );
      assert.ok(answer.status >= 500, answer.text);
      assertNoToken(answer);
      // Strapi has exchanged the token by then, so the user logs in again.
      assertStatus(await server.users.tryRefresh(refreshToken), 401);
      assert.equal((await server.admin.sessionsOf(user.id)).length, 1);
    });
  });
