import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

inBothModes('GraphQL', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: { GRAPHQL: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const ask = (query, bearer) =>
    server.request('POST', '/graphql', { body: { query }, ...(bearer && { bearer }) });

  const login = async (username) => {
    const input = `{ identifier: "${username}", password: "${PASSWORD}" }`;
    const answer = await ask(`mutation { login(input: ${input}) { jwt user { id } } }`);
    assertStatus(answer, 200);
    return answer.json.data.login;
  };

  it('begins a session at a login', async () => {
    const { username, json } = await server.users.register();
    const { jwt } = await login(username);
    assert.equal((await ask('{ me { username } }', jwt)).json.data.me.username, username);
    assert.equal((await server.admin.sessionsOf(json.user.id)).length, 2);
  });

  it('begins a session at a registration', async () => {
    const input = `{ username: "gql${mode.length}", email: "gql@example.test", password: "${PASSWORD}" }`;
    const answer = await ask(`mutation { register(input: ${input}) { jwt user { id } } }`);
    assertStatus(answer, 200);
    const { jwt, user } = answer.json.data.register;
    assertStatus(await server.users.me(jwt), 200);
    assert.equal((await server.admin.sessionsOf(Number(user.id))).length, 1);
  });

  it('refuses the token of a session that was terminated, whichever way it was issued', async () => {
    const { username, json } = await server.users.register();
    const { jwt } = await login(username);
    await server.admin.terminateAll(json.user.id);
    for (const ended of [jwt, json.jwt]) {
      const answer = await ask('{ me { username } }', ended);
      assert.equal(answer.json?.data?.me ?? null, null, answer.text);
      assert.equal(answer.headers['x-session-terminated-reason'], 'admin', answer.text);
    }
  });
});
