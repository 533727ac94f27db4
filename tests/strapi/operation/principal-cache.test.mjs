import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { assertChangesItsOwnState } from '../../harness/comparison/changed-state.mjs';
import { startRegistered } from '../../harness/comparison/compared-app.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const CREATE = 'api::article.article.create';
const FIND = 'api::article.article.find';

/** The longest age, so that nothing is right for its age alone. */
const CONFIG = { principalCache: { maxAgeMs: 10_000 } };

/** Returns what a request knows of who asks. */
async function stateOf(server, bearer) {
  const headers = { 'x-show-state': '1' };
  const answer = await server.request('GET', '/api/articles', { bearer, headers });
  return { status: answer.status, ...JSON.parse(answer.headers['x-state']) };
}

async function change(server, id, way, data = {}) {
  assertStatus(await server.request('POST', `/api/account/${id}/${way}`, { body: data }), 200);
}

async function hitsOf(server) {
  return (await server.admin.status()).json.data.principalCache.hits;
}

inBothModes('A server with the principal cache', (mode) => {
  let server;
  before(async () => {
    server = await startRegistered({ mode, config: CONFIG, env: { GRAPHQL: 'true' } });
  });
  after(() => server.dispose());

  const ask = (query, bearer) =>
    server.request('POST', '/graphql', { body: { query }, ...(bearer && { bearer }) });

  it('changes nothing for the next request where an app writes to what one knows', async () => {
    const { jwt, user } = await server.users.signUp();
    const before = await hitsOf(server);
    for (let times = 0; times < 3; times += 1) {
      await assertChangesItsOwnState(server, jwt, user);
    }
    assert.ok((await hitsOf(server)) > before, 'nothing was remembered');
    const state = await stateOf(server, jwt);
    assert.deepEqual([state.status, state.user.name], [200, user.username]);
    assert.deepEqual(state.auth.can, [true, false]);
    const body = { data: { title: 'New' } };
    assertStatus(await server.request('POST', '/api/articles', { bearer: jwt, body }), 403);
  });

  it('gives the strategy the same user as the request, as Strapi does', async () => {
    const { jwt } = await server.users.signUp();
    for (let times = 0; times < 3; times += 1) {
      const { user, auth, isAuthenticated } = await stateOf(server, jwt);
      assert.deepEqual([auth.areOfUser, auth.strategy], [true, 'users-permissions']);
      assert.equal(isAuthenticated, true);
      assert.ok(user.keys.includes('password'), 'an app may rely on any field');
    }
  });

  it('counts wrong passwords that an app compares with the user who is remembered', async () => {
    const { jwt } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    const before = await hitsOf(server);
    const confirm = (password) =>
      server.request('POST', '/api/own-account/confirm', { bearer: jwt, body: { password } });
    const answers = [];
    for (let times = 0; times < 15; times += 1) answers.push(await confirm(`wrong-${times}`));
    assert.ok((await hitsOf(server)) > before, 'nothing was remembered');
    assert.equal(answers.filter(({ status }) => status === 200).length, 10);
    assert.equal(answers.at(-1).status, 429);
    assertStatus(await confirm(PASSWORD), 429);
  });

  for (const way of ['relations', 'committed']) {
    it(`knows of another role at once: ${way}`, async () => {
      const { jwt, user } = await server.users.signUp();
      const roleId = await server.admin.userRole(`${way}-${mode}`);
      assertStatus(await server.users.articles(jwt), 200);
      const before = await hitsOf(server);
      assertStatus(await server.users.articles(jwt), 200);
      assert.ok((await hitsOf(server)) > before, 'nothing was remembered');
      await change(server, user.id, way, { role: roleId });
      assertStatus(await server.users.articles(jwt), 403);
    });
  }

  it('answers GraphQL, and knows of changes there', async () => {
    const { jwt, user } = await server.users.signUp();
    const articles = async () => (await ask('{ articles { title } }', jwt)).json.data?.articles;
    const before = await hitsOf(server);
    for (let times = 0; times < 3; times += 1) assert.deepEqual(await articles(), []);
    assert.ok((await hitsOf(server)) > before, 'nothing was remembered');
    const roleId = await server.admin.userRole(`nothing-${mode}`);
    const { role } = (await stateOf(server, jwt)).user;
    await change(server, user.id, 'service', { role: roleId });
    assert.equal((await articles()) ?? null, null);
    await change(server, user.id, 'service', { role: role.id });
    assert.deepEqual(await articles(), []);
  });

  it('knows of a change while lifecycles are off, as during a transfer', async () => {
    const { jwt, user } = await server.users.signUp();
    assert.equal((await stateOf(server, jwt)).user.name, user.username);
    await change(server, 0, 'lifecycles', { on: false });
    try {
      await change(server, user.id, 'query', { username: `${user.username}-off` });
      assert.equal((await stateOf(server, jwt)).user.name, `${user.username}-off`);
    } finally {
      await change(server, 0, 'lifecycles', { on: true });
    }
  });

  it('binds a session of code of the app to no password that is only remembered', async () => {
    const { jwt, user } = await server.users.signUp();
    const { user: other } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    // It gets the password of the other user, past Strapi.
    const hash = `(SELECT password FROM (SELECT * FROM up_users) u WHERE id = ${other.id})`;
    server.database.run(`UPDATE up_users SET password = ${hash} WHERE id = ${user.id}`);
    const issued = await server.request('POST', `/api/issuer/${user.id}/plain`);
    assertStatus(await server.users.me(issued.json.jwt), 200);
    // Then the user is read again.
    await change(server, user.id, 'query', { confirmed: true });
    assertStatus(await server.users.me(issued.json.jwt), 200);
  });

  it('reads again what was changed by raw SQL once it is old enough, and not before', async () => {
    const { jwt, user } = await server.users.signUp();
    assert.equal((await stateOf(server, jwt)).user.name, user.username);
    server.database.run(`UPDATE up_users SET username = 'raw-${mode}' WHERE id = ${user.id}`);
    assert.equal((await stateOf(server, jwt)).user.name, user.username);
    // Another change of the same user brings the whole row.
    await change(server, user.id, 'query', { confirmed: true });
    assert.equal((await stateOf(server, jwt)).user.name, `raw-${mode}`);
  });
});

/** Starts a server whose app does one thing of its own, logs a user in, and ends the server after the work. */
async function withApp(env, work, config = CONFIG) {
  const server = await startRegistered({ config, env });
  try {
    await work({ server, ...(await server.users.signUp()) });
  } finally {
    await server.dispose();
  }
}

describe('An app', () => {
  it('that decides on permissions itself is asked each time with the principal cache', async () => {
    const env = { REPLACE_FUNCTIONS: 'permissions may be withheld' };
    await withApp(env, async ({ server, jwt }) => {
      for (let times = 0; times < 3; times += 1) {
        await change(server, 0, 'withhold', { action: CREATE });
        assertStatus(await server.users.articles(jwt), 200);
        await change(server, 0, 'withhold', { action: FIND });
        assertStatus(await server.users.articles(jwt), 403);
      }
      assert.ok((await hitsOf(server)) > 0, 'the user is remembered nevertheless');
    });
  });

  it('that reads more of a user gets it from the database each time', async () => {
    const env = { EXTEND_JWT: 'users with their permissions' };
    await withApp(env, async ({ server, jwt, user }) => {
      for (const name of ['one', 'two', 'three']) {
        server.database.run(`UPDATE up_users SET username = '${name}' WHERE id = ${user.id}`);
        const state = await stateOf(server, jwt);
        assert.deepEqual([state.status, state.user.name], [200, name]);
        assert.ok(state.user.role.permissions.some(({ action }) => action === FIND));
      }
    });
  });

  for (const [title, config] of [
    ['without the cache', { principalCache: false }],
    ['with it', CONFIG],
  ]) {
    it(`that adds to a user what JSON does not carry is answered, ${title}`, async () => {
      const env = { REPLACE_FUNCTIONS: 'users have a large integer' };
      const work = async ({ server, jwt }) => {
        for (let times = 0; times < 3; times += 1) {
          const { status, user } = await stateOf(server, jwt);
          assert.equal(status, 200);
          assert.ok(user.keys.includes('balance'));
        }
      };
      await withApp(env, work, config);
    });
  }
});

describe('A wrong option principalCache', () => {
  it('stops the boot with one line that names it', async () => {
    const config = { principalCache: { maxAgeMs: 20 } };
    const server = await TestServer.prepare({ config });
    try {
      const process = await server.launch();
      await assert.rejects(process.ready());
      assert.equal(await process.exited, 1);
      // Strapi repeats an error above its stack.
      const found = process.log.match(/magic-sessionmanager: .*/g);
      assert.deepEqual(
        [...new Set(found)],
        [
          'magic-sessionmanager: option "principalCache.maxAgeMs" takes whole milliseconds from 100 to 10000',
        ],
      );
    } finally {
      await server.dispose();
    }
  });
});
