import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

const ORDERS = {
  'before users-permissions and GraphQL': 'false',
  'after users-permissions and GraphQL': 'true',
};

inBothModes('The plugin in config/plugins', (mode) => {
  for (const [order, MAGIC_LAST] of Object.entries(ORDERS)) {
    describe(order, () => {
      let server;
      before(async () => {
        const env = { GRAPHQL: 'true', MAGIC_LAST };
        server = await TestServer.start({ mode, config: {}, env });
        await server.admin.register();
      });
      after(() => server.dispose());

      const ask = (query, bearer) =>
        server.request('POST', '/graphql', { body: { query }, ...(bearer && { bearer }) });

      it('records and terminates the logins of REST and GraphQL', async () => {
        const { username } = await server.users.register();
        const { jwt, refreshToken, user } = await server.users.login(username);
        const input = `{ identifier: "${username}", password: "${PASSWORD}" }`;
        const login = await ask(`mutation { login(input: ${input}) { jwt } }`);
        const graphqlJwt = login.json.data.login.jwt;
        const methods = (await server.admin.sessionsOf(user.id)).map(({ method }) => method);
        assert.deepEqual(methods, ['graphql', 'password', 'register']);

        assertStatus(await server.admin.terminateAll(user.id), 200);
        for (const ended of [jwt, graphqlJwt]) {
          assertRefused(await server.users.me(ended), 'admin');
          const answer = await ask('{ me { username } }', ended);
          assert.equal(answer.headers['x-session-terminated-reason'], 'admin', answer.text);
        }
        if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
      });

      it('counts failed logins, until one comes too soon', async () => {
        const { username } = await server.users.register();
        await until('a login is answered 429', async () => {
          const answer = await server.users.tryLogin(username, { password: 'wrong-Password-1' });
          return answer.status === 429;
        });
      });
    });
  }
});
