import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { Random } from '../core/random.mjs';
import { PASSWORD } from '../clients/users.mjs';
import { ACTIONS, pickWrite, RAW_WRITES, WRITES } from './writes.mjs';
import { until } from '../process/until.mjs';

/** An answer of another instance that is older than this is wrong. */
export const LEASE_MS = 2000;

const DEADLINE_MS = 30_000;
const PAUSE_MS = 25;

/** The requests whose answers are compared; both show what Strapi knows of who asks. */
const FIRST = ['/api/articles'];
const ASKED = [...FIRST, '/api/users/me?populate=role'];

let requests = 0;

/**
 * A user with two roles of its own, who is changed through some instances of a cluster. What they answer
 * is compared with what the oracle does, which is the last instance and has no cache.
 */
export class World {
  #cluster;
  #names = 0;
  #random;
  greatestMs = 0;
  greatestRawMs = 0;
  steps = 0;
  stale = 0;
  writer;

  constructor(cluster, number, seed) {
    this.#cluster = cluster;
    this.number = number;
    this.#random = new Random(seed + number);
    this.pickWriter();
  }

  /** Picks the instance that writes from now on, which has to know what the other one has written. */
  pickWriter() {
    this.writer = this.#random.pick(this.#cached);
  }

  get #cached() {
    return this.#cluster.instances.slice(0, -1);
  }

  get #oracle() {
    return this.#cluster.instances.at(-1);
  }

  nextName() {
    return `w${this.number}n${(this.#names += 1)}`;
  }

  /** Makes the roles and the user. */
  async begin() {
    this.roleIds = [];
    for (const actions of [ACTIONS, ACTIONS.slice(1)]) {
      const { id } = await this.#post('/api/account/0/createRole', {
        name: this.nextName(),
        actions,
      });
      this.roleIds.push(id);
    }
    await this.#newUser();
  }

  /** Makes the instances with a cache remember the user. */
  async visit() {
    for (const instance of this.#cached) await this.#ask(instance, FIRST);
  }

  async #newUser() {
    const username = this.nextName();
    const { id } = await this.#post('/api/account/0/createUser', {
      username,
      email: `${username}@example.test`,
      password: PASSWORD,
      provider: 'local',
      confirmed: true,
      role: this.#random.pick(this.roleIds),
    });
    this.userId = id;
    await this.#newToken();
  }

  async #newToken() {
    this.jwt = (await this.#post(`/api/issuer/${this.userId}/plain`, {})).jwt;
  }

  async #post(path, body) {
    const answer = await this.#cluster.write(() => this.writer.request('POST', path, { body }));
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** Makes one write through one instance, and expects every instance to know of it in time. */
  async step() {
    const name = pickWrite(this.#random);
    const write = WRITES[name](this.#random, this);
    const { writer } = this;
    await this.#described(`${name}, through instance ${this.#nameOf(writer)}`, async () => {
      const others = this.#cached.filter((instance) => instance !== writer);
      for (const other of others) await this.#ask(other, FIRST);
      const meanwhile = this.#cached.map((instance) => this.#ask(instance, FIRST));
      const answer = await this.#cluster.write(() => write.send(writer));
      if (!write.mayBeRefused) assert.equal(answer.status, 200, answer.text);
      await Promise.all([this.agree(writer, others), ...meanwhile]);
      await this.#renew(write.needs);
    });
    this.steps += 1;
  }

  /** Changes something past Strapi, and expects every instance to know of it within its age. */
  async rawStep(agesMs) {
    const names = Object.keys(RAW_WRITES);
    const name = names[this.number % names.length];
    const sql = RAW_WRITES[name](this.#random, this);
    await this.#described(`raw SQL: ${name}`, async () => {
      await this.visit();
      await this.#runSql(sql);
      const writtenAt = performance.now();
      const expected = this.#ask(this.#oracle);
      const delays = this.#cached.map((one) => this.#agreedAfter(one, expected, writtenAt));
      for (const [index, ms] of (await Promise.all(delays)).entries()) {
        const instance = this.#cached[index];
        assert.ok(ms <= agesMs[index], `instance ${this.#nameOf(instance)} took ${ms} ms`);
        this.greatestRawMs = Math.max(this.greatestRawMs, ms);
      }
    });
    this.steps += 1;
  }

  /** SQLite lets nobody write while it is read. */
  async #runSql(sql) {
    await until('a statement is run', () => {
      try {
        this.#cluster.database.run(sql);
        return true;
      } catch (error) {
        if (error.code !== 'SQLITE_BUSY') throw error;
        return false;
      }
    });
  }

  /** Expects an instance to answer as the oracle does at once, and the others within the lease. */
  async agree(writer, others) {
    const writtenAt = performance.now();
    const expected = this.#ask(this.#oracle);
    const own = this.#ask(writer);
    const delays = others.map((other) => this.#agreedAfter(other, expected, writtenAt));
    const [right, written, ...times] = await Promise.all([expected, own, ...delays]);
    assert.deepEqual(written, right, 'the instance that wrote is wrong');
    for (const ms of times) {
      assert.ok(ms <= LEASE_MS, `another instance took ${ms} ms`);
      this.greatestMs = Math.max(this.greatestMs, ms);
      if (ms > 0) this.stale += 1;
    }
  }

  /** Asks until an instance answers as expected; returns how long after an instant it did otherwise. */
  async #agreedAfter(instance, expected, writtenAt) {
    let lastWrongAt = writtenAt;
    let answer;
    const isRight = async () => {
      const sentAt = performance.now();
      answer = await this.#ask(instance);
      if (isDeepStrictEqual(answer, await expected)) return true;
      lastWrongAt = sentAt;
      return sentAt - writtenAt > DEADLINE_MS;
    };
    await until('the instance agrees', isRight, 2 * DEADLINE_MS, PAUSE_MS);
    assert.deepEqual(answer, await expected, `instance ${this.#nameOf(instance)} never agrees`);
    return Math.round(lastWrongAt - writtenAt);
  }

  async #renew(needs) {
    if (needs === 'user') await this.#newUser();
    if (needs === 'token') await this.#newToken();
  }

  /** Returns what an instance answers to a user, and what it knows of the user. */
  #ask(instance, paths = ASKED) {
    const { jwt: bearer } = this;
    return Promise.all(
      paths.map(async (path) => {
        const headers = { 'x-show-state': `${(requests += 1)}` };
        const {
          status,
          json,
          headers: answered,
        } = await until('a request is answered', async () => {
          const given = await instance.request('GET', path, { bearer, headers });
          return given.status < 500 && given;
        });
        const { user, auth } = JSON.parse(answered['x-state']);
        return { path, status, user, can: auth?.can ?? null, body: bodyOf(status, json) };
      }),
    );
  }

  async #described(what, act) {
    try {
      await act();
    } catch (error) {
      const where = `world ${this.number}, step ${this.steps}: ${what}`;
      throw new Error(`${where}: ${error.message}`, { cause: error });
    }
  }

  #nameOf(instance) {
    return 'ABC'[this.#cluster.instances.indexOf(instance)];
  }
}

/** The reason of a terminated session may be known earlier than the session's own row. */
function bodyOf(status, json) {
  return status < 400 ? json : { name: json.error.name, message: json.error.message };
}
