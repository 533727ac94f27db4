import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { pause, until } from '../../harness/process/until.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

const WRONG = 'wrong-Password-1';

/** The failures on one account, and from one address, with the last of which it is locked. */
const ACCOUNT_LOCKS_AT = 6;
const ADDRESS_LOCKS_AT = 31;

/** How long the first lock lasts. */
const FIRST_LOCK_MS = 1000;

/** As many as there are names in a test. */
let counter = 0;
const newName = () => `nobody${process.pid}n${(counter += 1)}`;

/** An address that no test has used before. */
const newAddress = () => {
  counter += 1;
  return `10.0.${counter >> 8}.${counter & 0xff}`;
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

inBothModes('Failed logins', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: { TRUST_PROXY: 'true', GRAPHQL: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Tries a login from an address, with the right password unless told otherwise. */
  const login = (name, from, { password = PASSWORD, path } = {}) =>
    server.users.tryLogin(name, { password, path, headers: { 'x-forwarded-for': from } });

  const fail = async (name, from, path) =>
    assertStatus(await login(name, from, { password: WRONG, path }), 400);

  async function failing(times, name, from) {
    for (let time = 0; time < times; time += 1) await fail(name, from);
  }

  const newUser = async () => (await server.users.register()).username;

  /** A user, and an address from which nobody has failed. */
  const newSubject = async () => ({ name: await newUser(), from: newAddress() });

  /**
   * Locks an account, sends something while it is locked and gives the answers; does it all again
   * with another account where the machine took longer than the lock.
   */
  async function whileLocked(
    send,
    { subject = newSubject, failAgain = (name, from) => fail(name, from) } = {},
  ) {
    return until('the machine is fast enough', async () => {
      const { name, from } = await subject();
      for (let time = 1; time < ACCOUNT_LOCKS_AT; time += 1) await failAgain(name, from, time);
      const lastAt = performance.now();
      await failAgain(name, from, ACCOUNT_LOCKS_AT);
      const answers = await Promise.all(send(name, from));
      return performance.now() - lastAt < FIRST_LOCK_MS && answers;
    });
  }

  it('lock an account for as long as the answer says, even to the right password', async () => {
    let locked;
    const [answer] = await whileLocked((name, from) => {
      locked = { name, from };
      return [login(name, from)];
    });
    assertLimited(answer);
    assert.equal(answer.headers['retry-after'], '1');
    await pause(FIRST_LOCK_MS);
    assertStatus(await login(locked.name, locked.from), 200);
  });

  it('lock alike what is an account and what is none, the right password and a wrong one', async () => {
    const nobody = () => ({ name: newName(), from: newAddress() });
    const both = (name, from) => [login(name, from), login(name, from, { password: WRONG })];
    const answers = [
      ...(await whileLocked(both)),
      ...(await whileLocked(both, { subject: nobody })),
    ];
    for (const answer of answers) assertLimited(answer);
    const facts = answers.map(({ text, headers }) => [
      text,
      Object.keys(headers).sort(),
      headers['retry-after'],
    ]);
    for (const fact of facts) assert.deepEqual(fact, facts[0]);
  });

  it('are counted whichever way the name and the URL are spelled', async () => {
    const paths = ['/api/auth/local', '/API/AUTH/LOCAL', '/api/auth/local/', '/api/auth/local?x'];
    const spelled = (name) => [name, name.toUpperCase(), ` ${name}`, `${name}\u200b`];
    const failAgain = (name, from, time) =>
      fail(spelled(name)[time % 4], from, paths[Math.floor(time / 2) % 4]);
    const send = (name, from) => paths.map((path) => login(name, from, { path }));
    for (const answer of await whileLocked(send, { failAgain })) assertLimited(answer);
  });

  it('are counted in GraphQL as well, however many logins one request asks for', async () => {
    const guess = (name, password) =>
      `login(input: { identifier: "${name}", password: "${password}" }) { jwt }`;
    const ask = (from, fields) =>
      server.request('POST', '/graphql', {
        body: { query: `mutation { ${fields} }` },
        headers: { 'x-forwarded-for': from },
      });
    const failAgain = async (name, from) => {
      const answer = await ask(from, guess(name, WRONG));
      assert.match(answer.json.errors[0].message, /Invalid identifier or password/);
    };
    const send = (name, from) => [
      ask(from, guess(name, PASSWORD)),
      ask(from, `a: ${guess(name, WRONG)} b: ${guess(name, PASSWORD)}`),
      login(name, from),
    ];
    for (const answer of await whileLocked(send, { failAgain })) assertLimited(answer);
    assert.doesNotMatch(server.log, /LoginLimited|too many logins/);
  });

  it('do not add up past a login that succeeds', async () => {
    const [name, from] = [await newUser(), newAddress()];
    for (let round = 0; round < 3; round += 1) {
      await failing(ACCOUNT_LOCKS_AT - 1, name, from);
      assertStatus(await login(name, from), 200);
    }
  });

  it('that come all at once are no more than one after another', async () => {
    const [name, from] = [await newUser(), newAddress()];
    const began = performance.now();
    const guesses = Array.from({ length: 60 }, () => login(name, from, { password: WRONG }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    // The machine may take longer than the lock.
    const unlocked = Math.floor((performance.now() - began) / FIRST_LOCK_MS);
    const tried = statuses.filter((status) => status === 400).length;
    assert.ok(tried >= ACCOUNT_LOCKS_AT && tried <= ACCOUNT_LOCKS_AT + unlocked, `${tried} tried`);
    assert.equal(statuses.filter((status) => status === 429).length, 60 - tried);
  });

  it('of strangers do not keep the owner out, who comes from somewhere else', async () => {
    const [limited, owner] = await whileLocked((name, stranger) => [
      login(name, stranger),
      login(name, newAddress()),
    ]);
    assertLimited(limited);
    assertStatus(owner, 200);
  });

  it('from ever new addresses are one for each, and do not keep the owner out either', async () => {
    const { name, from } = await newSubject();
    await failing(ACCOUNT_LOCKS_AT, name, from);
    for (let time = 0; time < 5; time += 1) await fail(name, newAddress());
    const used = newAddress();
    await fail(name, used);
    assertLimited(await login(name, used));
    assertStatus(await login(name, newAddress()), 200);
    assertStatus(await login(name, used), 200);
  });

  /** Locks the addresses, sends something meanwhile, and does it again where the machine was slow. */
  async function whileAddressLocked(addresses, send) {
    return until('the machine is fast enough', async () => {
      const [name, from] = [await newUser(), addresses()];
      for (let time = 1; time < ADDRESS_LOCKS_AT; time += 1) await fail(newName(), from(time));
      const lastAt = performance.now();
      await fail(newName(), from(ADDRESS_LOCKS_AT));
      const answers = await Promise.all(send(name, from));
      return performance.now() - lastAt < FIRST_LOCK_MS && answers;
    });
  }

  it('lock the address they all come from, and no other', async () => {
    const one = () => {
      const address = newAddress();
      return () => address;
    };
    const [limited, mapped, other] = await whileAddressLocked(one, (name, from) => [
      login(name, from()),
      login(name, `::ffff:${from()}`),
      login(name, newAddress()),
    ]);
    assertLimited(limited);
    assertLimited(mapped);
    assertStatus(other, 200);
  });

  it('lock a whole network of IPv6', async () => {
    const network = () => {
      const prefix = `2001:db8:0:${(counter += 1).toString(16)}`;
      return (host) => `${prefix}::${host.toString(16)}`;
    };
    const [limited, other] = await whileAddressLocked(network, (name, from) => [
      login(name, from(0xffff).replace('2001:db8:0:', '2001:0db8:0000:')),
      login(name, from(1).replace('db8:0:', 'db8:1:')),
    ]);
    assertLimited(limited);
    assertStatus(other, 200);
  });

  it('are heard of as limited, without anything that was typed', async () => {
    let address;
    const answers = await whileLocked((name, from) => {
      address = from;
      return [login(name, from, { password: WRONG })];
    });
    answers.forEach(assertLimited);
    const events = await until('login.limited is heard', async () => {
      const { json } = await server.request('GET', '/api/observer/events');
      const all = json.filter(({ name, ip }) => name.startsWith('login.') && ip === address);
      return all.length > ACCOUNT_LOCKS_AT && all;
    });
    assert.equal(events.length, ACCOUNT_LOCKS_AT + 1);
    const [{ userAgent, retryAfterMs, ...facts }, ...others] = events.filter(
      ({ name }) => name === 'login.limited',
    );
    assert.equal(others.length, 0);
    assert.deepEqual(facts, { name: 'login.limited', method: 'password', ip: address });
    assert.match(userAgent, /Chrome/);
    assert.ok(retryAfterMs > 0 && retryAfterMs <= FIRST_LOCK_MS, `${retryAfterMs} ms`);
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
});

describe('Logins of an office', () => {
  const PEOPLE = 40;
  let server;
  before(async () => {
    server = await TestServer.start();
  });
  after(() => server.dispose());

  it('all succeed at the same moment from one address, though some mistype', async () => {
    const names = [];
    while (names.length < PEOPLE) names.push((await server.users.register()).username);
    const mistyped = names
      .slice(0, ADDRESS_LOCKS_AT - 1)
      .map((name) => server.users.tryLogin(name, { password: WRONG }));
    for (const answer of await Promise.all(mistyped)) assertStatus(answer, 400);
    const logins = names.map((name) => server.users.tryLogin(name));
    for (const answer of await Promise.all(logins)) assertStatus(answer, 200);
  });
});
