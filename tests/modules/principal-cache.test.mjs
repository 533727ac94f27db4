import assert from 'node:assert/strict';
import v8 from 'node:v8';
import vm from 'node:vm';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
after(() => modules.dispose());
const { createPrincipalCache } = modules.load('stores/memory/principal-cache');
const { composePrincipals } = modules.load('compose/principals');

const MAX_ANSWERS = 20_000;
const MEBIBYTE = 1024 * 1024;
const MAX_BYTES = 30 * MEBIBYTE;

/** A user as Strapi reads one, with the role. */
function userWithRole(id, username = `user-${id}`) {
  const createdAt = '2026-01-02T03:04:05.678Z';
  const document = { createdAt, updatedAt: createdAt, publishedAt: createdAt, locale: null };
  const documentId = String(id).padStart(24, 'd');
  return {
    id,
    documentId,
    username,
    email: `user-${id}@example.test`,
    provider: 'local',
    password: `$2a$10$${String(id).padStart(53, 'h')}`,
    resetPasswordToken: null,
    confirmationToken: null,
    confirmed: true,
    blocked: false,
    ...document,
    role: {
      id: 1,
      documentId,
      name: 'Authenticated',
      description: 'Default role given to authenticated user.',
      type: 'authenticated',
      ...document,
    },
  };
}

const namesIn = (cache, names) => names.filter((name) => cache.get(name) !== null);

describe('The bounds of the cache of principals', () => {
  it('keep so many answers, and drop those that were used least recently', () => {
    const cache = createPrincipalCache(3, MAX_BYTES);
    for (const name of ['a', 'b', 'c']) cache.put(name, { row: { name }, readAtMs: 0 });
    cache.get('a');
    cache.put('d', { row: { name: 'd' }, readAtMs: 0 });
    assert.deepEqual(namesIn(cache, ['a', 'b', 'c', 'd']), ['a', 'c', 'd']);
    cache.put('a', { row: { name: 'again' }, readAtMs: 0 });
    cache.put('e', { row: { name: 'e' }, readAtMs: 0 });
    assert.deepEqual(namesIn(cache, ['a', 'b', 'c', 'd', 'e']), ['a', 'd', 'e']);
    assert.equal(cache.view().answers, 3);
  });

  it('keep so many bytes, and no answer that is larger by itself', () => {
    const cache = createPrincipalCache(MAX_ANSWERS, 10_000);
    for (let id = 0; id < 100; id += 1)
      cache.put(`user:${id}`, { row: { text: 'x'.repeat(700) }, readAtMs: 0 });
    const { answers, bytes } = cache.view();
    assert.ok(answers > 5 && answers < 15, `${answers} answers`);
    assert.ok(bytes <= 10_000, `${bytes} bytes`);
    assert.equal(cache.get('user:0'), null);
    assert.notEqual(cache.get('user:99'), null);
    cache.put('large', { row: { text: 'x'.repeat(10_000) }, readAtMs: 0 });
    assert.equal(cache.get('large'), null);
  });

  it('count no answer that was replaced, deleted or cleared', () => {
    const cache = createPrincipalCache(3, MAX_BYTES);
    cache.put('a', { row: { text: 'x'.repeat(500) }, readAtMs: 0 });
    const { bytes } = cache.view();
    for (let times = 0; times < 5; times += 1)
      cache.put('a', { row: { text: 'x'.repeat(500) }, readAtMs: 0 });
    assert.equal(cache.view().bytes, bytes);
    cache.put('b', { row: [{ id: 1 }], readAtMs: 0 });
    cache.delete('a');
    cache.delete('a');
    cache.delete('b');
    assert.deepEqual(cache.view(), { answers: 0, bytes: 0, oldestAtMs: null });
    cache.put('a', { row: {}, readAtMs: 0 });
    cache.clear();
    assert.deepEqual(cache.view(), { answers: 0, bytes: 0, oldestAtMs: null });
  });

  it('tell when the oldest answer was read', () => {
    const cache = createPrincipalCache(3, MAX_BYTES);
    for (const readAtMs of [30, 10, 20]) cache.put(`at ${readAtMs}`, { row: {}, readAtMs });
    assert.equal(cache.view().oldestAtMs, 10);
    cache.delete('at 10');
    assert.equal(cache.view().oldestAtMs, 20);
  });

  for (const [title, isLatin, nameOf] of [
    ['20,000 users with roles, with names in Latin letters', true, (id) => `user-${id}`],
    ['fewer with names in other letters', false, (id) => `користувач-${id}`],
  ]) {
    it(`keep ${title}, in less than 30 MB of memory`, async (t) => {
      const { reads } = composed();
      const before = await heapBytes();
      for (let id = 1; id <= MAX_ANSWERS + 500; id += 1) await readUser(reads, id, nameOf(id));
      const taken = (await heapBytes()) - before;
      const { answers, bytes } = reads.view();
      t.diagnostic(`${taken} bytes are in memory, and ${bytes} are counted`);
      if (isLatin) assert.equal(answers, MAX_ANSWERS);
      else assert.ok(answers > MAX_ANSWERS / 2, `${answers} answers are kept`);
      assert.ok(bytes <= MAX_BYTES, `${bytes} bytes are counted`);
      assert.ok(taken > 5_000_000, `only ${taken} bytes are in memory`);
      assert.ok(taken < 30_000_000, `${taken} bytes are in memory, and ${bytes} are counted`);
    });
  }
});

/** Makes the reads of an instance with the cache on, and the bounds that it has. */
function composed() {
  const config = { get: () => ({ principalCache: true }) };
  const strapi = { config, log: { error: assert.fail } };
  const instance = { covers: () => true, hint: () => undefined };
  return composePrincipals(strapi, { notBefores: {} }, instance);
}

async function readUser(reads, id, username) {
  const fromDatabase = async () => userWithRole(id, username);
  await reads.read({ name: `user:${id}`, statements: 2, fromDatabase });
}

/** Measures the heap once what an earlier test held is gone as well. */
async function heapBytes() {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  for (let times = 0; times < 3; times += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

describe('A copy from the cache of principals', () => {
  const rows = {
    'a user with the role': () => userWithRole(1),
    'a list of permissions': () => [
      { id: 1, action: 'a' },
      { id: 2, action: 'b' },
    ],
    'a list of rows with rows': () => [{ id: 1, role: { id: 2, name: 'nested' } }],
    settings: () => ({ key: 'advanced', value: '{"email_confirmation":false}' }),
    'an empty list': () => [],
    'a text': () => 'text',
    'a row with a key that names the prototype': () => JSON.parse('{"__proto__":{"a":1}}'),
  };

  for (const [title, make] of Object.entries(rows)) {
    it(`is what was read, and nobody else's: ${title}`, () => {
      const cache = createPrincipalCache(3, MAX_BYTES);
      const given = make();
      cache.put('row', { row: given, readAtMs: 5 });
      spoil(given);
      const first = cache.get('row');
      assert.deepStrictEqual(first, { row: make(), readAtMs: 5 });
      spoil(first.row);
      assert.deepStrictEqual(cache.get('row'), { row: make(), readAtMs: 5 });
    });
  }
});

/** Changes all that a row holds. */
function spoil(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) spoil(inner);
  for (const key of Object.keys(value)) value[key] = 'spoilt';
  if (Array.isArray(value)) value.push('spoilt');
  else value.added = 'spoilt';
}

describe('A row that JSON does not carry', () => {
  class Row {
    id = 1;
  }
  const circular = { id: 1 };
  circular.self = circular;
  const rows = {
    'has a date': { id: 1, at: new Date(0) },
    'has a field that is undefined': { id: 1, locale: undefined },
    'has a number that is none': { id: 1, score: Number.NaN },
    'has a negative zero': { id: 1, score: -0 },
    'has a map': { id: 1, map: new Map([[1, 2]]) },
    'has bytes': { id: 1, bytes: Buffer.from('bytes') },
    'has a function': { id: 1, act: () => undefined },
    'has a symbol': { id: 1, [Symbol('symbol')]: 1 },
    'has a method toJSON': { id: 1, toJSON: () => ({ id: 2 }) },
    'has a class of its own': new Row(),
    'has no prototype': Object.assign(Object.create(null), { id: 1 }),
    'is in a list, with a date': [{ id: 1, at: new Date(0) }],
    'is in a list with gaps': Object.assign([], { 1: { id: 1 } }),
    'is undefined': undefined,
    'has a large integer': { id: 1, balance: 1n },
    'has itself as a field': circular,
  };

  for (const [title, row] of Object.entries(rows)) {
    it(`is not kept, and replaces the one before: it ${title}`, () => {
      const cache = createPrincipalCache(3, MAX_BYTES);
      cache.put('row', { row: { id: 'before' }, readAtMs: 0 });
      cache.put('row', { row, readAtMs: 1 });
      assert.equal(cache.get('row'), null);
      assert.equal(cache.view().bytes, 0);
    });
  }
});
