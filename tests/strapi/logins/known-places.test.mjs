import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { until } from '../../harness/process/until.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const WRONG = 'wrong-Password-1';
const COOKIE = 'magic_session_device';
const AT_ONCE = 10;

let counter = 0;

/** An address in a network that no test has used before. */
const newAddress = () => {
  counter += 1;
  return `10.${counter >> 8}.${counter & 0xff}.7`;
};

describe('The places of users, in the cookie mode', () => {
  let server;
  before(async () => {
    const env = { TRUST_PROXY: 'true', UP_REFRESH_COOKIE: 'true' };
    server = await TestServer.start({ mode: 'refresh', env });
    await server.admin.register();
  });
  after(() => server.dispose());

  const login = (name, from, { password = PASSWORD, cookie } = {}) =>
    server.users.tryLogin(name, {
      password,
      headers: { 'x-forwarded-for': from, ...(cookie && { cookie }) },
    });

  const guess = (name, from, cookie) => login(name, from, { password: WRONG, cookie });

  /** Uses up the allowance of all unknown places of a user. */
  async function attack(name) {
    for (let time = 0; time < AT_ONCE; time += 1) await guess(name, newAddress());
    assertStatus(await login(name, newAddress()), 429);
  }

  /** Returns the cookie of the browser that an answer sets. */
  function deviceOf({ headers }) {
    const set = [headers['set-cookie'] ?? []].flat().find((one) => one.startsWith(`${COOKIE}=`));
    return set && { pair: set.split(';')[0], attributes: set };
  }

  const newUser = async () => (await server.users.register()).username;

  it('are browsers as well, wherever they are', async () => {
    const name = await newUser();
    const device = deviceOf(await login(name, newAddress()));
    assert.match(device.attributes, /httponly/i);
    assert.match(device.attributes, /samesite=lax/i);
    assert.match(device.attributes, /expires=/i);
    await attack(name);
    const answer = await login(name, newAddress(), { cookie: device.pair });
    assertStatus(answer, 200);
    assert.equal(deviceOf(answer), undefined, 'a browser that has a cookie keeps it');
  });

  it('are held by their own failures, the browser before its network', async () => {
    const name = await newUser();
    const [home, device] = [newAddress(), deviceOf(await login(name, newAddress()))];
    assertStatus(await login(name, home), 200);
    for (let time = 0; time < AT_ONCE; time += 1)
      assertStatus(await guess(name, home, device.pair), 400);
    assertStatus(await guess(name, home, device.pair), 429);
    assertStatus(await login(name, home), 200);
  });

  it('are not told by a cookie of another user, of another app, or of nobody', async () => {
    const [victim, other] = [await newUser(), await newUser()];
    const { pair } = deviceOf(await login(other, newAddress()));
    await attack(victim);
    const forged = [
      pair,
      `${pair}x`,
      `${COOKIE}=${'0'.repeat(32)}.x`,
      `${COOKIE}=`,
      `${COOKIE}=a.b.c`,
    ];
    for (const cookie of forged) assertStatus(await login(victim, newAddress(), { cookie }), 429);
  });

  it('of one kind do not push out those of the other', async () => {
    const name = await newUser();
    const home = newAddress();
    assertStatus(await login(name, home), 200);
    const [first] = [deviceOf(await login(name, home))];
    for (let time = 0; time < 12; time += 1) assertStatus(await login(name, home), 200);
    await attack(name);
    assertStatus(await login(name, home), 200);
    const forgotten = await login(name, newAddress(), { cookie: first.pair });
    assertStatus(forgotten, 429);
    const rows = server.database.rows(
      `select place from magic_sessionmanager_login_places where place like 'd%'
       and user_id = (select id from up_users where username = '${name}')`,
    );
    assert.equal(rows.length, 10);
  });

  it('are opened by an administrator, who also lifts a lock', async () => {
    const { json, username: name } = await server.users.register();
    const { id } = json.user;
    await attack(name);
    const path = (act) => `/magic-sessionmanager/user/${id}/${act}`;
    const locks = (await server.admin.request('GET', '/magic-sessionmanager/locks')).json.data;
    const own = locks.find(({ userId }) => userId === id);
    assert.equal(own.user.username, name);
    assert.ok(Date.parse(own.until) > Date.now());
    const place = newAddress();
    for (const ip of [undefined, 1, '', 'here', '1.2.3'])
      assertStatus(await server.admin.request('POST', path('places'), { ip }), 400);
    assertStatus(await login(name, place), 429);
    assertStatus(await server.admin.request('POST', path('places'), { ip: `${place}:80` }), 200);
    assertStatus(await login(name, place), 200);
    assertStatus(await login(name, newAddress()), 429);
    assertStatus(await server.admin.request('POST', path('unlock')), 200);
    assertStatus(await login(name, newAddress()), 200);
    assertStatus(
      await server.admin.request('POST', '/magic-sessionmanager/user/999999/unlock'),
      404,
    );
    const entries = await until('both are in the journal', async () => {
      const { data } = (await server.admin.journal(`filters[userId]=${id}`)).json;
      const found = data.filter(({ what }) => what === 'login.unlocked');
      return found.length === 2 && found;
    });
    assert.deepEqual(entries.map(({ why }) => why).sort(), ['lifted', 'place-opened']);
    assert.ok(entries.every(({ who }) => who.type === 'admin'));
  });

  it('are apart from the locks of addresses, which an administrator sees and lifts as well', async () => {
    const ip = newAddress();
    for (let time = 0; time < 32; time += 1) await guess(`nobody${ip}${time}`, ip);
    const name = await newUser();
    assertStatus(await login(name, ip), 429);
    const path = '/magic-sessionmanager/locks/addresses';
    const listed = async () => (await server.admin.request('GET', path)).json.data;
    const own = await until('the lock is listed', async () =>
      (await listed()).find((lock) => lock.ip === ip),
    );
    assert.ok(Date.parse(own.until) > Date.now());
    for (const wrong of [undefined, 7, 'here'])
      assertStatus(await server.admin.request('POST', `${path}/unlock`, { ip: wrong }), 400);
    assertStatus(await server.admin.request('POST', `${path}/unlock`, { ip: `${ip}:80` }), 200);
    assert.deepEqual(await listed(), []);
    assertStatus(await login(name, ip), 200);
  });

  it('keep no name in memory, however long it is', async () => {
    for (const name of ['x'.repeat(70_000), '\ud800'.repeat(50), `${'é'.repeat(2000)}@x.test`]) {
      const from = newAddress();
      assertStatus(await guess(name, from), 400);
    }
  });
});

describe('Failed logins that are not limited', () => {
  it('are told all the same, and hold nobody', async () => {
    const config = { failedLogins: { enabled: false } };
    const server = await TestServer.start({ config });
    try {
      await server.admin.register();
      const { username } = await server.users.register();
      for (let time = 0; time < 35; time += 1)
        assertStatus(await server.users.tryLogin(username, { password: WRONG }), 400);
      assertStatus(await server.users.tryLogin(username), 200);
      await until('the journal has them', async () => {
        const { data } = (await server.admin.journal('filters[what]=login.failed')).json;
        return data.length > 20;
      });
    } finally {
      await server.dispose();
    }
  });
});
