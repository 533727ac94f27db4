import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1';

describe('Filters', () => {
  let server;
  let users;
  let jwt;
  let sessions;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    users = [];
    for (const userAgent of [undefined, PHONE, undefined]) {
      users.push(await server.users.signUp({ userAgent }));
    }
    await server.admin.terminateAll(users[2].user.id);
    jwt = users[0].jwt;
    sessions = new Map();
    for (const { user } of users) {
      sessions.set(user.id, (await server.admin.sessionsOf(user.id))[0]);
    }
  });
  after(() => server.dispose());

  /** Gives the positions of the users whose sessions an administrator finds. */
  async function found(query) {
    const answer = await server.admin.list(`sort=loggedInAt:asc&${query}`);
    assertStatus(answer, 200);
    assert.equal(answer.json.meta.pagination.total, answer.json.data.length);
    return answer.json.data.map(({ user }) => users.findIndex((one) => one.user.id === user.id));
  }

  const idOf = (position) => users[position].user.id;
  const timeOf = (position) => sessions.get(idOf(position)).loggedInAt;

  it('of sessions take a value, an array, and operators', async () => {
    for (const [query, expected] of [
      ['filters[state]=active', [0, 1]],
      ['filters[state][$eq]=terminated', [2]],
      ['filters[state][$ne]=terminated', [0, 1]],
      ['filters[state][$in][]=terminated&filters[state][$in][]=active', [0, 1, 2]],
      ['filters[state][$in]=terminated', [2]],
      ['filters[state][]=terminated&filters[state][]=inactive', [2]],
      ['filters[state][0]=active&filters[state][1]=inactive', [0, 1]],
      ['filters[state][$notIn][]=active&filters[state][$notIn][]=inactive', [2]],
      ['filters[state][$eq]=active&filters[state][$in]=terminated', []],
      ['filters[device][$eq]=mobile', [1]],
      ['filters[device][$ne]=mobile', [0, 2]],
      ['filters[method][$in][]=register&filters[method][$in][]=password', [0, 1, 2]],
      ['filters[method][$ne]=register', []],
      ['filters[ip][$eq]=127.0.0.1', [0, 1, 2]],
      ['filters[ip][$notIn][]=127.0.0.1', []],
      [`filters[userId]=${idOf(1)}`, [1]],
      [`filters[userId][$eq]=${idOf(1)}`, [1]],
      [`filters[userId][$in][]=${idOf(0)}&filters[userId][$in][]=${idOf(2)}`, [0, 2]],
      [`filters[userId][$ne]=${idOf(0)}`, [1, 2]],
      [`filters[loggedInAt]=${timeOf(1)}`, [1]],
      [`filters[loggedInAt][$eq]=${timeOf(1)}`, [1]],
      [`filters[loggedInAt][$gte]=${timeOf(1)}`, [1, 2]],
      [`filters[loggedInAt][$lte]=${timeOf(1)}`, [0, 1]],
      [`filters[loggedInAt][$eq]=${timeOf(1)}&filters[loggedInAt][$gte]=${timeOf(2)}`, []],
      ['filters[terminatedAt][$gte]=2020-01-01&filters[device][$ne]=mobile', [2]],
    ]) {
      assert.deepEqual(await found(query), expected, query);
    }
  });

  it('of rows take numbers, texts of several and arrays', async () => {
    const rows = (await server.admin.impactFacts()).json.data.columns.rows.reverse();
    assert.deepEqual(await found(`filters[row]=${rows[0]},${rows[2]}`), [0, 2]);
    assert.deepEqual(
      await found(`filters[row][$in][]=${rows[1]}&filters[row][$in][]=${rows[2]}`),
      [1, 2],
    );
    assert.deepEqual(await found(`filters[row][$ne]=${rows[0]}`), [1, 2]);
  });

  it('choose what is terminated, and an empty one terminates nothing', async () => {
    const preview = async (filters) =>
      await server.admin.terminateMatching({ filters, dryRun: true });
    const count = async (filters) => (await preview(filters)).json.data.count;
    assert.equal(await count({ userId: { $in: [idOf(0), idOf(1)] } }), 2);
    assert.equal(await count({ userId: [idOf(0)] }), 1);
    assert.equal(await count({ device: { $ne: 'mobile' } }), 1);
    assert.equal(await count({ state: ['active', 'terminated'] }), 2);
    for (const empty of [{ $in: [] }, { $eq: '' }, { $ne: null }, [''], { $in: [null] }]) {
      assertStatus(await preview({ userId: empty }), 400);
      assertStatus(await preview({ ip: empty }), 400);
    }
  });

  it('of the journal do so as well', async () => {
    const events = async (query) => {
      const answer = await server.admin.journal(`pagination[pageSize]=100&${query}`);
      assertStatus(answer, 200);
      return [...new Set(answer.json.data.map(({ what }) => what))].sort();
    };
    const both = ['session.created', 'session.terminated'];
    assert.deepEqual(await events(`filters[userId][$eq]=${idOf(2)}`), both);
    assert.deepEqual(await events('filters[what][$in][]=session.terminated'), [both[1]]);
    assert.deepEqual(await events(both.map((what) => `filters[what][]=${what}`).join('&')), both);
    const others = await events('filters[what][$ne]=session.created');
    assert.equal(others.includes('session.created'), false);
    assert.equal(others.includes('session.terminated'), true);
  });

  it("of a user's own list leave terminated sessions out unless asked", async () => {
    const other = await server.users.tryLogin(users[0].user.username);
    assertStatus(await server.users.own(other.json.jwt, 'POST', '/logout'), 200);
    const states = async (query) => {
      const answer = await server.users.own(jwt, 'GET', `/my-sessions?${query}`);
      assertStatus(answer, 200);
      assert.equal(answer.json.meta.pagination.total, answer.json.data.length);
      return answer.json.data.map(({ state }) => state);
    };
    for (const [query, expected] of [
      ['', ['active']],
      ['filters[device]=desktop', ['active']],
      ['filters[state]=terminated', ['terminated']],
      ['filters[state][$in][]=terminated&filters[state][$in][]=active', ['terminated', 'active']],
      ['filters[state][$ne]=inactive', ['terminated', 'active']],
      ['filters[terminatedAt][$gte]=2020-01-01', ['terminated']],
      ['filters[loggedInAt][$gte]=2020-01-01', ['active']],
    ]) {
      assert.deepEqual(await states(query), expected, query);
    }
  });

  it('that are unknown are answered 400 with the field and what it takes', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `filters[userId][$in][${index}]=1`);
    for (const [query, field, takes] of [
      ['filters[colour]=red', 'filters', /state, .*ip/],
      ['filters[$or][0][state]=active', 'filters', /state/],
      ['filters[state][$contains]=act', 'filters[state]', /\$eq, \$ne, \$in, \$notIn/],
      ['filters[state][$in][]=asleep', 'filters[state][$in]', /active, inactive, terminated/],
      ['filters[userId][id]=1', 'filters[userId]', /\$eq/],
      ['filters[userId][$eq][]=1&filters[userId][$eq][]=x', 'filters[userId][$eq]', /whole number/],
      ['filters[ip][$in][]=', 'filters[ip][$in]', /empty/],
      ['filters[lastSeenAt][$ne]=2020-01-01', 'filters[lastSeenAt]', /\$eq, \$gte, \$lte/],
      ['filters[lastSeenAt][$eq]=today', 'filters[lastSeenAt][$eq]', /date/],
      [many.join('&'), 'filters[userId][$in]', /100/],
    ]) {
      const answer = await server.admin.list(query);
      assertStatus(answer, 400);
      assert.equal(answer.json.error.details.field, field, answer.text);
      assert.match(answer.json.error.message, takes);
    }
    const own = await server.users.own(jwt, 'GET', '/my-sessions?filters[state][$gt]=a');
    assertStatus(own, 400);
    assert.equal(own.json.error.details.field, 'filters[state]');
  });
});
