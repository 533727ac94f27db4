import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const PLACES = ['inside', 'outside', 'ownContext'];
const SHAPES = [
  'plain',
  'bare',
  'withoutParams',
  'withoutRequest',
  'withoutState',
  'empty',
  'nothing',
  'copy',
  'whole',
];

inBothModes("An app's own code that calls users-permissions with a part of a context", (mode) => {
  let server;
  let without;
  before(async () => {
    server = await TestServer.start({ mode });
    without = await TestServer.start({ mode, env: { MAGIC_ENABLED: 'false' } });
    await server.admin.register();
    for (const app of [server, without]) await signUp(app, 'caller');
  });
  after(async () => {
    await server.dispose();
    await without.dispose();
  });

  const credentials = (username) => ({
    username,
    email: `${username}@example.test`,
    password: PASSWORD,
  });

  async function signUp(app, username) {
    const answer = await app.request('POST', '/api/auth/local/register', {
      body: credentials(username),
    });
    assertStatus(answer, 200);
    return answer.json;
  }

  const call = (app, name, place, shape, body) =>
    app.request('POST', `/api/caller/${name}/${place}/${shape}`, { body });

  /** Calls with every part of a context, with the plugin and without, and compares the outcomes. */
  async function assertSame(name, bodyOf) {
    const outcomes = [];
    for (const place of PLACES) {
      for (const shape of SHAPES) {
        const body = { body: bodyOf(place, shape) };
        const expected = await call(without, name, place, shape, body);
        const given = await call(server, name, place, shape, body);
        assert.deepEqual(given.json, expected.json, `${name} ${place} ${shape}`);
        outcomes.push(given.json);
      }
    }
    return outcomes;
  }

  it('logs a user in as without the plugin', async () => {
    const outcomes = await assertSame('callback', () => ({
      identifier: 'caller',
      password: PASSWORD,
    }));
    assert.ok(outcomes.some(({ jwt }) => jwt === 'string'));
  });

  it('is refused with a wrong password, a wrong code or none, as without the plugin', async () => {
    const wrong = { identifier: 'caller', password: 'wrong' };
    const outcomes = await assertSame('callback', () => wrong);
    assert.ok(outcomes.some(({ error }) => error?.startsWith('ValidationError')));
    const code = { code: 'x', password: PASSWORD, passwordConfirmation: PASSWORD };
    await assertSame('resetPassword', () => code);
    await assertSame('changePassword', () => ({ ...code, currentPassword: PASSWORD }));
    await assertSame('emailConfirmation', () => ({}));
    await assertSame('callback', () => undefined);
  });

  it('registers users as without the plugin', async () => {
    const outcomes = await assertSame('register', (place, shape) =>
      credentials(`${place}${shape}`),
    );
    assert.ok(outcomes.some(({ user }) => user === 'outsideplain'));
  });

  it('reads and authenticates tokens as without the plugin, but for terminated sessions', async () => {
    const { jwt, user } = await server.users.signUp();
    for (const name of ['token', 'authenticate']) {
      for (const place of PLACES) {
        for (const shape of SHAPES) {
          const { jwt: other } = await without.users.login('caller');
          const expected = await call(without, name, place, shape, { bearer: other });
          const given = await call(server, name, place, shape, { bearer: jwt });
          assert.deepEqual(given.json, expected.json, `${name} ${place} ${shape}`);
        }
      }
    }
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);
    for (const place of PLACES) {
      const answer = await call(server, 'token', place, 'plain', { bearer: jwt });
      assert.match(answer.json.error, /the session is terminated: admin/, place);
    }
  });

  it('begins no session with a token that never leaves the app', async () => {
    const { json, username } = await server.users.register();
    const body = { body: { identifier: username, password: PASSWORD } };
    for (const place of PLACES) {
      const answer = await call(server, 'callback', place, 'plain', body);
      // In refresh mode Strapi itself reads headers, which this context has. The answer tells the type alone.
      assert.equal(answer.json.jwt, 'string', answer.text);
    }
    const sessions = await server.admin.sessionsOf(json.user.id);
    assert.equal(sessions.length, 1);
  });
});
