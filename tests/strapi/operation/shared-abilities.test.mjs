import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { assertChangesItsOwnState } from '../../harness/comparison/changed-state.mjs';
import { startRegistered } from '../../harness/comparison/compared-app.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';

const CREATE = 'api::article.article.create';
const FIND = 'api::article.article.find';

inBothModes('The permissions of a role', (mode) => {
  let server;
  let jwt;
  let user;
  before(async () => {
    server = await startRegistered({ mode });
    ({ jwt, user } = await server.users.signUp());
  });
  after(() => server.dispose());

  const rename = (from, to) =>
    server.database.run(`UPDATE up_permissions SET action = '${to}' WHERE action = '${from}'`);

  it('count at the next request, also where they are changed by raw SQL', async () => {
    for (let times = 0; times < 3; times += 1) {
      assertStatus(await server.users.articles(jwt), 200);
      rename(FIND, 'api::article.article.nothing');
      assertStatus(await server.users.articles(jwt), 403);
      rename('api::article.article.nothing', FIND);
    }
  });

  it('are those of the next request where an app changes the ability of one', async () => {
    for (let times = 0; times < 3; times += 1) {
      await assertChangesItsOwnState(server, jwt, user);
      assertStatus(await server.users.articles(jwt), 200);
    }
  });
});

describe('An app that decides on permissions itself', () => {
  it('is asked at each request', async () => {
    const env = { REPLACE_FUNCTIONS: 'permissions may be withheld' };
    const server = await startRegistered({ env });
    try {
      const { jwt } = await server.users.signUp();
      const withhold = async (action) => {
        const answer = await server.request('POST', '/api/account/0/withhold', {
          body: { action },
        });
        assertStatus(answer, 200);
      };
      for (let times = 0; times < 3; times += 1) {
        await withhold(CREATE);
        assertStatus(await server.users.articles(jwt), 200);
        await withhold(FIND);
        assertStatus(await server.users.articles(jwt), 403);
      }
    } finally {
      await server.dispose();
    }
  });
});
