import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const USERS = 5;

describe('The list of sessions', () => {
  let server;
  const users = [];
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    for (let user = 0; user < USERS; user += 1) users.push((await server.users.signUp()).user);
    const [ended] = await server.admin.sessionsOf(users[0].id);
    await server.admin.terminate(ended.id);
  });
  after(() => server.dispose());

  const list = async (query) => {
    const answer = await server.admin.list(query);
    assertStatus(answer, 200);
    return answer.json;
  };
  const userIds = ({ data }) => data.map((session) => session.user.id);

  it('comes in pages that together hold every session once', async () => {
    const seen = [];
    for (const page of [1, 2, 3]) {
      const query = `pagination[page]=${page}&pagination[pageSize]=2&sort=loggedInAt:asc`;
      const { data, meta } = await list(query);
      assert.deepEqual(meta, {
        pagination: { page, pageSize: 2, pageCount: 3, total: USERS },
      });
      seen.push(...userIds({ data }));
    }
    assert.deepEqual(
      seen,
      users.map((user) => user.id),
    );
  });

  it('has a first page without being told', async () => {
    const { data, meta } = await list();
    assert.equal(data.length, USERS);
    assert.equal(meta.pagination.page, 1);
    assert.equal(meta.pagination.pageSize, 25);
  });

  it('is sorted in both directions', async () => {
    const up = userIds(await list('sort=loggedInAt:asc'));
    const down = userIds(await list('sort=loggedInAt:desc'));
    assert.deepEqual(down, [...up].reverse());
    const [newestEnd] = (await list('sort=terminatedAt:desc')).data;
    assert.equal(newestEnd.user.id, users[0].id);
  });

  it('is filtered by state', async () => {
    assert.deepEqual(userIds(await list('filters[state]=terminated')), [users[0].id]);
    assert.equal((await list('filters[state]=active')).meta.pagination.total, USERS - 1);
    assert.equal((await list('filters[state]=inactive')).meta.pagination.total, 0);
  });

  it('is filtered by user', async () => {
    const byFilter = await list(`filters[userId]=${users[3].id}`);
    assert.deepEqual(userIds(byFilter), [users[3].id]);
    assert.deepEqual(await server.admin.sessionsOf(users[3].id), byFilter.data);
    assert.equal((await list('filters[userId]=999999')).meta.pagination.total, 0);
  });

  it('is searched by the name and the address of the user', async () => {
    assert.deepEqual(userIds(await list(`_q=${users[2].username}`)), [users[2].id]);
    assert.deepEqual(userIds(await list(`_q=${encodeURIComponent(users[4].email)}`)), [
      users[4].id,
    ]);
    assert.equal((await list('_q=nobody-is-called-this')).meta.pagination.total, 0);
  });

  it('takes what is typed into the search literally', async () => {
    for (const text of ['%', '_____', "' OR 1=1 --", '\\']) {
      const { meta } = await list(`_q=${encodeURIComponent(text)}`);
      assert.equal(meta.pagination.total, 0, text);
    }
  });

  it('is filtered by address, device and method of login', async () => {
    const total = async (query) => (await list(query)).meta.pagination.total;
    assert.equal(await total('filters[ip]=127.0.0.1'), USERS);
    assert.equal(await total('filters[ip]=127.0.0'), 0);
    assert.equal(await total('filters[device]=desktop'), USERS);
    assert.equal(await total('filters[device]=mobile'), 0);
    assert.equal(await total('filters[method]=register'), USERS);
    assert.equal(await total('filters[method]=password'), 0);
    assert.equal(await total('filters[method]=register&filters[state]=terminated'), 1);
  });

  it('is filtered by the time of login, both ends included', async () => {
    const { data } = await list('sort=loggedInAt:asc');
    const [, second, third] = data;
    const between = `filters[loggedInAt][$gte]=${second.loggedInAt}&filters[loggedInAt][$lte]=${third.loggedInAt}`;
    assert.deepEqual(userIds(await list(`${between}&sort=loggedInAt:asc`)), [
      second.user.id,
      third.user.id,
    ]);
    const long = 'filters[loggedInAt][$lte]=2020-01-01';
    assert.equal((await list(long)).meta.pagination.total, 0);
    const ended = 'filters[terminatedAt][$gte]=2020-01-01T00:00:00%2B01:00';
    assert.deepEqual(userIds(await list(ended)), [users[0].id]);
  });

  it('names the field that is wrong', async () => {
    const wrong = [
      ['filters[device]=fridge', 'filters[device]'],
      ['filters[loggedInAt][$gte]=yesterday', 'filters[loggedInAt][$gte]'],
      ['filters[loggedInAt][$regex]=x', 'filters[loggedInAt]'],
      ['filters[loggedInAt]=2020', 'filters[loggedInAt]'],
      ['filters[ip][$contains]=127.0.0.1', 'filters[ip]'],
      ['filters[colour]=red', 'filters'],
    ];
    for (const [query, field] of wrong) {
      const answer = await server.admin.list(query);
      assertStatus(answer, 400);
      assert.ok(answer.json.error.details.field.includes(field), answer.text);
    }
  });

  it('answers nonsense with 400, never with 500', async () => {
    const nonsense = [
      'sort=password:asc',
      'sort=loggedInAt:sideways',
      'filters[state]=dead',
      'filters[userId]=abc',
      'pagination[page]=0',
      'pagination[page]=x',
      'pagination[pageSize]=-1',
    ];
    for (const query of nonsense) {
      const answer = await server.admin.list(query);
      assert.equal(answer.status, 400, `${query}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  });

  it('cannot be used to guess what a sealed token begins with', async () => {
    for (const value of ['v', 'x']) {
      for (const column of ['accessToken', 'access_token', 'refreshToken']) {
        const answer = await server.admin.list(`filters[${column}][$startsWith]=${value}`);
        if (answer.status === 400) continue;
        assertStatus(answer, 200);
        assert.equal(answer.json.meta.pagination.total, USERS, 'the filter made a difference');
      }
    }
  });
});
