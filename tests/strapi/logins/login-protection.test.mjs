import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { logInByProvider } from '../../harness/clients/provider-login.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { LoginProvider } from '../../harness/network/login-provider.mjs';
import { until } from '../../harness/process/until.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const WRONG = 'wrong-Password-1';

/** The wrong passwords at once from all unknown places, from one known place, and from one address. */
const AT_UNKNOWN_PLACES = 10;
const AT_KNOWN_PLACE = 10;
const FROM_ADDRESS = 30;

/** As many as there are names and addresses in the tests. */
let counter = 0;
const newName = () => `nobody${process.pid}n${(counter += 1)}`;

/** An address in a network that no test has used before. */
const newAddress = () => {
  counter += 1;
  return `10.${counter >> 8}.${counter & 0xff}.7`;
};

const LIMITED = {
  data: null,
  error: {
    status: 429,
    name: 'RateLimitError',
    message: 'Too many requests, please try again later.',
    details: {},
  },
};

function assertLimited(answer) {
  assertStatus(answer, 429);
  assert.deepEqual(answer.json, LIMITED);
  assert.match(answer.headers['retry-after'], /^[1-9]\d*$/);
  assert.match(answer.headers['access-control-expose-headers'], /Retry-After/);
  assert.equal(answer.headers['set-cookie'], undefined);
}

const count = (answers, status) => answers.filter((answer) => answer.status === status).length;

const PERSON = { username: 'olivia', email: 'olivia@example.test' };

inBothModes('Failed logins', (mode) => {
  let server;
  let provider;
  before(async () => {
    provider = await LoginProvider.start(PERSON);
    const env = { TRUST_PROXY: 'true', GRAPHQL: 'true', TEST_OAUTH_URL: provider.url };
    server = await TestServer.start({ mode, env });
    await server.admin.register();
  });
  after(async () => {
    await server.dispose();
    await provider.stop();
  });

  /** Tries a login from an address, with the right password unless told otherwise. */
  const login = (name, from, { password = PASSWORD, path } = {}) =>
    server.users.tryLogin(name, { password, path, headers: { 'x-forwarded-for': from } });

  const guess = (name, from) => login(name, from, { password: WRONG });

  /** Guesses one after another, each from another place. */
  async function guesses(times, name, from = newAddress) {
    const answers = [];
    for (let time = 0; time < times; time += 1) answers.push(await guess(name, from(time)));
    return answers;
  }

  /** A user, and the address of the registration, at which the user is known. */
  async function newUser(username = newName()) {
    const home = newAddress();
    const body = { username, email: `${newName()}@example.test` };
    const answer = await server.request('POST', '/api/auth/local/register', {
      body: { ...body, password: PASSWORD },
      headers: { 'x-forwarded-for': home },
    });
    assertStatus(answer, 200);
    return { ...answer.json, name: username, home };
  }

  it('from all unknown places together are as few as from one', async () => {
    const { name, home } = await newUser();
    const answers = await guesses(30, name);
    assert.equal(count(answers, 400), AT_UNKNOWN_PLACES);
    answers.slice(AT_UNKNOWN_PLACES).forEach(assertLimited);
    assertLimited(await login(name, newAddress()));
    assertStatus(await login(name, home), 200);
  });

  it('of an account whose name looks alike clear nothing', async () => {
    const suffix = newName();
    const [victim, twin] = [await newUser(`vic${suffix}`), await newUser(`vi c${suffix}`)];
    const answers = [];
    for (let time = 0; time < 40; time += 1) {
      if (time % 5 === 0) assertStatus(await login(twin.name, twin.home), 200);
      answers.push(await guess(victim.name, newAddress()));
    }
    assert.equal(count(answers, 400), AT_UNKNOWN_PLACES);
  });

  it('hold the owner at a known place for the own ones alone', async () => {
    const { name, home } = await newUser();
    await guesses(AT_UNKNOWN_PLACES + 5, name);
    for (let day = 0; day < 3; day += 1) {
      assertStatus(await guess(name, home), 400);
      assertLimited(await guess(name, newAddress()));
      assertStatus(await login(name, home), 200);
    }
    const answers = await guesses(20, name, () => home);
    assert.equal(count(answers, 400), AT_KNOWN_PLACE);
    assertLimited(await login(name, home));
  });

  it('leave a reset as the way in from a new place', async () => {
    const { name, user } = await newUser();
    await guesses(AT_UNKNOWN_PLACES, name);
    const place = newAddress();
    assertLimited(await login(name, place));
    const code = `code-${newName()}`;
    await server.request('POST', `/api/account/${user.id}/resetCode`, { body: { code } });
    const reset = await server.request('POST', '/api/auth/reset-password', {
      body: { code, password: 'Another-Horse-2', passwordConfirmation: 'Another-Horse-2' },
      headers: { 'x-forwarded-for': place },
    });
    assertStatus(reset, 200);
    assertStatus(await login(name, place, { password: 'Another-Horse-2' }), 200);
    assertLimited(await login(name, newAddress(), { password: 'Another-Horse-2' }));
  });

  it('do not hold the owner where a provider has logged the owner in', async () => {
    const home = newAddress();
    const from = { 'x-forwarded-for': home };
    const { jwt } = (await logInByProvider(server, from)).answer.json;
    const { id } = (await server.users.me(jwt)).json;
    // The user of the provider gets a password as well, so that both logins reach one account.
    const [{ password }] = server.database.rows(
      `select password from up_users where username = '${(await newUser()).name}'`,
    );
    server.database.run(
      `update up_users set provider = 'local', password = '${password}' where id = ${id}`,
    );
    await guesses(AT_UNKNOWN_PLACES, PERSON.username);
    assertLimited(await login(PERSON.username, newAddress()));
    assertStatus(await login(PERSON.username, home), 200);
  });

  it('do not hold the owner where the owner has confirmed the e-mail address', async () => {
    const { name } = await newUser();
    const code = `confirm-${name}`;
    const confirm = (from) =>
      server.request('GET', `/api/auth/email-confirmation?confirmation=${code}`, {
        headers: { 'x-forwarded-for': from },
      });
    const [stranger, home] = [newAddress(), newAddress()];
    assertStatus(await confirm(stranger), 400);
    server.database.run(
      `update up_users set confirmation_token = '${code}' where username = '${name}'`,
    );
    assertStatus(await confirm(home), 302);
    await guesses(AT_UNKNOWN_PLACES, name);
    assertLimited(await login(name, stranger));
    assertStatus(await login(name, home), 200);
  });

  it('make no place known, and neither does a request with a token', async () => {
    const { name, jwt } = await newUser();
    const thief = newAddress();
    const headers = { 'x-forwarded-for': thief };
    assertStatus(await server.users.me(jwt, headers), 200);
    const change = await server.request('POST', '/api/auth/change-password', {
      body: {
        currentPassword: PASSWORD,
        password: 'New-Horse-3',
        passwordConfirmation: 'New-Horse-3',
      },
      bearer: jwt,
      headers,
    });
    assertStatus(change, 200);
    const answers = await guesses(15, name, (time) => (time % 2 ? thief : newAddress()));
    assert.equal(count(answers, 400), AT_UNKNOWN_PLACES);
  });

  it('of a change of the password are counted for user and session, whatever the address', async () => {
    const { jwt, name, home, user } = await newUser();
    const change = (currentPassword) =>
      server.request('POST', '/api/auth/change-password', {
        body: { currentPassword, password: 'New-Horse-3', passwordConfirmation: 'New-Horse-3' },
        bearer: jwt,
        headers: { 'x-forwarded-for': newAddress() },
      });
    const answers = [];
    for (let time = 0; time < 40; time += 1) answers.push(await change(WRONG));
    assert.equal(count(answers, 400), AT_KNOWN_PLACE);
    assertLimited(answers.at(-1));
    assertLimited(await change(PASSWORD));
    assertStatus(await login(name, home), 200);
    const entries = await until('the journal is written', async () => {
      const { json } = await server.admin.journal('pagination[pageSize]=100');
      const failed = json.data.filter(
        ({ what, why }) => what === 'login.failed' && why === 'password-change',
      );
      return failed.length > 0 && failed;
    });
    assert.ok(entries.every(({ userId }) => userId === user.id));
  });

  it('count an address in every spelling as one', async () => {
    const address = newAddress();
    const spellings = [
      (time) => `${address}:${10_000 + time}`,
      () => `::ffff:${address}`,
      (time) => `[::ffff:${address}]:${time + 1}`,
    ];
    const answers = [];
    for (let time = 0; time < 60; time += 1)
      answers.push(await guess(newName(), spellings[time % 3](time)));
    assert.equal(count(answers, 400), FROM_ADDRESS);
    const { name, home, jwt } = await newUser();
    assertStatus(await login(name, `${home}:4711`), 200);
    const sessions = await server.users.sessions(jwt);
    assert.deepEqual([...new Set(sessions.map(({ ip }) => ip))], [home]);
  });

  it('without an address are counted together', async () => {
    const answers = [];
    for (let time = 0; time < 40; time += 1) answers.push(await guess(newName(), `host-${time}`));
    assert.equal(count(answers, 400), FROM_ADDRESS);
  });

  it('of others behind one address do not hold those who are known there', async () => {
    const office = newAddress();
    const colleagues = [await newUser(), await newUser()];
    for (const { name } of colleagues) assertStatus(await login(name, office), 200);
    for (let time = 0; time < FROM_ADDRESS; time += 1) await guess(newName(), office);
    const stranger = await newUser();
    assertLimited(await login(stranger.name, office));
    for (const { name } of colleagues) assertStatus(await login(name, office), 200);
  });

  it('lock a whole network of IPv6, and the networks around it', async () => {
    const prefix = (counter += 1).toString(16);
    const answers = [];
    for (let time = 0; time < 200; time += 1) {
      const from = `2001:db8:${prefix}:${time.toString(16)}::1`;
      answers.push(await guess(newName(), from));
    }
    assert.equal(count(answers, 400), 4 * FROM_ADDRESS);
    assertStatus(await guess(newName(), `2001:db8:${prefix}:ff00::1`), 400);
  });

  it('are alike whether a name has an account or not', async () => {
    const { name } = await newUser();
    const facts = [];
    for (const tried of [name, newName()]) {
      const answers = await guesses(AT_UNKNOWN_PLACES + 3, tried);
      facts.push(
        answers.map(({ status, text, headers }) => [status, text, Object.keys(headers).sort()]),
      );
      const limited = answers.at(-1);
      assert.ok(Math.abs(Number(limited.headers['retry-after']) - 960) < 60);
    }
    assert.deepEqual(facts[0], facts[1]);
  });

  it('that come all at once are no more than one after another', async () => {
    const { name, home } = await newUser();
    const strangers = Array.from({ length: 60 }, () => guess(name, newAddress()));
    assert.equal(count(await Promise.all(strangers), 400), AT_UNKNOWN_PLACES);
    const known = Array.from({ length: 60 }, () => guess(name, home));
    const tried = count(await Promise.all(known), 400);
    assert.ok(tried >= AT_KNOWN_PLACE && tried <= AT_KNOWN_PLACE + 1, `${tried} tried`);
  });

  it('count in GraphQL as well, however many logins one request asks for', async () => {
    const { name, home } = await newUser();
    const ask = (from, fields) =>
      server.request('POST', '/graphql', {
        body: { query: `mutation { ${fields} }` },
        headers: { 'x-forwarded-for': from },
      });
    const field = (alias, password) =>
      `${alias}: login(input: { identifier: "${name}", password: "${password}" }) { jwt }`;
    // A mutation that fails ends the request.
    const wrong = [];
    for (let time = 0; time < 20; time += 1)
      wrong.push(await ask(newAddress(), `${field('a', WRONG)} ${field('b', WRONG)}`));
    assert.equal(count(wrong, 200), AT_UNKNOWN_PLACES);
    assertLimited(await ask(newAddress(), field('a', PASSWORD)));
    assertLimited(await login(name, newAddress()));
    const answer = await ask(home, field('a', PASSWORD));
    assert.ok(answer.json.data.a.jwt, answer.text);
    assert.doesNotMatch(server.log, /LoginLimited|too many logins/);
  });

  it('of a wrong reset code count for the address, never for an account', async () => {
    const from = newAddress();
    const reset = (code) =>
      server.request('POST', '/api/auth/reset-password', {
        body: { code, password: 'Another-Horse-2', passwordConfirmation: 'Another-Horse-2' },
        headers: { 'x-forwarded-for': from },
      });
    const answers = [];
    for (let time = 0; time < 40; time += 1) answers.push(await reset(`wrong-${time}`));
    assert.equal(count(answers, 400), FROM_ADDRESS);
    assertLimited(answers.at(-1));
  });

  it('are told once a lock, with the user in the journal and nothing that was typed', async () => {
    // The tests before may have used up the entries of this minute.
    await server.restart();
    await server.admin.login();
    const { name, user } = await newUser();
    await guesses(AT_UNKNOWN_PLACES + 6, name);
    const events = await until('all events are heard', async () => {
      const { json } = await server.request('GET', '/api/observer/events');
      const locked = json.filter(
        (event) => event.name === 'login.locked' && event.user?.id === user.id,
      );
      return locked.length > 0 && json;
    });
    const own = events.filter(
      (event) => event.name === 'login.locked' && event.user?.id === user.id,
    );
    assert.equal(own.length, 1);
    assert.equal(own[0].method, 'password');
    assert.ok(events.some((event) => event.name === 'login.limited'));
    assert.ok(!JSON.stringify(events).includes(name));
    const entries = await until('the journal is written', async () => {
      const { json } = await server.admin.journal('pagination[pageSize]=100');
      const mine = json.data.filter(({ userId }) => userId === user.id);
      return mine.some(({ what }) => what === 'login.locked') && mine;
    });
    const of = (what) => entries.filter((entry) => entry.what === what);
    assert.equal(of('login.failed').length, AT_UNKNOWN_PLACES);
    assert.equal(of('login.locked').length, 1);
    assert.ok(of('login.failed').every(({ who }) => who.type === 'visitor'));
  });

  it('survive a restart', async () => {
    const { name, home } = await newUser();
    await guesses(AT_UNKNOWN_PLACES, name);
    await server.restart();
    assertLimited(await login(name, newAddress()));
    assertStatus(await login(name, home), 200);
  });
});

describe('A login of the app', () => {
  for (const status of [200, 500]) {
    it(`that answers ${status} to a wrong password counts as failed`, async () => {
      const env = { TRUST_PROXY: 'true', TEST_FAILED_LOGIN_STATUS: String(status) };
      const server = await TestServer.start({ env });
      try {
        const { username } = await server.users.register();
        const answers = [];
        for (let time = 0; time < 20; time += 1) {
          const headers = { 'x-forwarded-for': newAddress() };
          answers.push(await server.users.tryLogin(username, { password: WRONG, headers }));
        }
        assert.equal(count(answers, status), AT_UNKNOWN_PLACES);
        answers.slice(AT_UNKNOWN_PLACES).forEach(assertLimited);
      } finally {
        await server.dispose();
      }
    });
  }

  it('by a code of its own has a service to ask', async () => {
    const server = await TestServer.start();
    try {
      const { json } = await server.users.register();
      const attempt = async (id, body) =>
        (await server.request('POST', `/api/account/${id}/attempt`, { body })).json.answers;
      const open = (answers) => answers.filter(({ allowed }) => allowed).length;
      const wrong = { ip: newAddress(), isRight: false, times: 20 };
      assert.equal(open(await attempt(json.user.id, wrong)), AT_UNKNOWN_PLACES);
      assert.equal(open(await attempt(0, { ...wrong, identifier: json.user.email })), 0);
      assert.equal(open(await attempt(0, { ...wrong, identifier: newName() })), AT_UNKNOWN_PLACES);
      const other = { ip: newAddress(), isRight: true, times: 50 };
      const second = (await server.users.register()).json;
      assert.equal(open(await attempt(second.user.id, other)), 50);
      assert.equal(
        open(await attempt(second.user.id, { ...other, isRight: false })),
        AT_KNOWN_PLACE,
      );
    } finally {
      await server.dispose();
    }
  });
});

describe('Logins by way of a proxy', () => {
  const warnings = ({ log }) => log.split('a login came with X-Forwarded-For').length - 1;

  for (const [trust, times] of [
    ['false', 1],
    ['true', 0],
  ]) {
    it(`are warned of ${times} times where Strapi's trust in it is ${trust}`, async () => {
      const server = await TestServer.start({ env: { TRUST_PROXY: trust } });
      try {
        const { username } = await server.users.register();
        await server.users.login(username);
        assert.equal(warnings(server), 0);
        const headers = { 'x-forwarded-for': newAddress() };
        await server.users.login(username, { headers });
        await server.users.login(username, { headers });
        assert.equal(warnings(server), times);
      } finally {
        await server.dispose();
      }
    });
  }

  it('that is a trusted network count by the address that it tells', async () => {
    const config = { failedLogins: { trustedNetworks: ['127.0.0.0/8'] } };
    const server = await TestServer.start({ config });
    try {
      const told = (from) => ({ headers: { 'x-forwarded-for': from } });
      const guess = (name, from) =>
        server.users.tryLogin(name, { password: WRONG, ...(from && told(from)) });
      const from = newAddress();
      const answers = [];
      for (let time = 0; time < 40; time += 1) answers.push(await guess(newName(), from));
      assert.equal(count(answers, 400), FROM_ADDRESS);
      assertStatus(await guess(newName(), newAddress()), 400);
      const silent = [];
      for (let time = 0; time < 40; time += 1) silent.push(await guess(newName()));
      assert.equal(count(silent, 400), 40, 'no limit holds the front end itself');
      const other = newAddress();
      const { username } = await server.users.register();
      const { jwt } = await server.users.login(username, told(`192.0.2.1, ${other}:99`));
      assert.equal((await server.users.currentSession(jwt)).ip, other);
    } finally {
      await server.dispose();
    }
  });
});

describe('Logins of an office', () => {
  const PEOPLE = 40;

  it('all succeed at the same moment from one address, though some mistype', async () => {
    const server = await TestServer.start({ env: { TRUST_PROXY: 'true' } });
    try {
      const names = [];
      while (names.length < PEOPLE) names.push((await server.users.register()).username);
      const headers = { 'x-forwarded-for': newAddress() };
      const mistyped = names
        .slice(0, FROM_ADDRESS - 1)
        .map((name) => server.users.tryLogin(name, { password: WRONG, headers }));
      for (const answer of await Promise.all(mistyped)) assertStatus(answer, 400);
      const logins = names.map((name) => server.users.tryLogin(name, { headers }));
      for (const answer of await Promise.all(logins)) assertStatus(answer, 200);
    } finally {
      await server.dispose();
    }
  });
});

describe('The exchange of refresh tokens', () => {
  it('has a quota for each session', async () => {
    const server = await TestServer.start({ mode: 'refresh' });
    try {
      let { refreshToken } = await server.users.signUp();
      const other = await server.users.signUp();
      const beganAtMs = performance.now();
      let exchanged = 0;
      let answer = await server.users.tryRefresh(refreshToken);
      while (answer.status === 200 && exchanged < 400) {
        exchanged += 1;
        ({ refreshToken } = answer.json);
        answer = await server.users.tryRefresh(refreshToken);
      }
      assertLimited(answer);
      // Sixty at once, and one more for each second since.
      const earned = (performance.now() - beganAtMs) / 1000;
      assert.ok(exchanged >= 60 && exchanged <= 61 + earned, `${exchanged} exchanged`);
      assertStatus(await server.users.tryRefresh(other.refreshToken), 200);
    } finally {
      await server.dispose();
    }
  });
});
