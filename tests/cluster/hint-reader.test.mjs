import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../support/server-modules.mjs';
import { until } from '../support/until.mjs';

const modules = new ServerModules();
const { createHintReader } = modules.load('stores/redis/hint-stream');

const SELF = 'this-instance';
const OTHER = 'another-instance';

/** What stands for Redis: a stream that can be added to, trimmed and emptied. */
class Stream {
  #entries = [];
  #lastId = 0;
  #isReady = true;

  isReady = () => this.#isReady;

  /** Adds an entry that has this number in the sequence. */
  add(number, sessions, from = OTHER) {
    this.#lastId += 1;
    const fields = ['number', String(number), 'from', from, 'sessions', sessions];
    this.#entries.push([`${this.#lastId}-0`, fields]);
  }

  /** Loses all it holds and counts from the beginning, as after a crash. */
  empty() {
    this.#entries = [];
    this.#lastId = 0;
  }

  close() {
    this.#isReady = false;
  }

  async send(command, ...rest) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.#isReady) throw new Error('the connection is closed');
    if (command === 'XREVRANGE') return this.#entries.slice(-1);
    const after = Number.parseInt(rest.at(-1), 10);
    const later = this.#entries.filter(([id]) => Number.parseInt(id, 10) > after);
    return later.length === 0 ? null : [['hints', later]];
  }
}

describe('What an instance makes of the hints of others', () => {
  after(() => modules.dispose());

  /** Follows a stream; gives the ids that were heard of and how often all had to be asked for. */
  async function following(stream, act) {
    const heard = [];
    let asked = 0;
    const reader = createHintReader(stream, 'prefix:', SELF, {
      sessionsEnded: (sessionIds) => heard.push(...sessionIds),
      askDatabase: () => (asked += 1),
    });
    const done = reader.follow();
    await until('it asks for what came before', () => asked === 1);
    try {
      await act({
        heard: (id) => until(`${id} is heard of`, () => heard.includes(id)),
        asksAgain: () => until('it asks again', () => asked > 1),
      });
    } finally {
      stream.close();
      await done;
    }
    return { heard, asked: asked - 1 };
  }

  it('hears of all ends of an unbroken sequence, and asks for nothing', async () => {
    const stream = new Stream();
    stream.add(7, 'old');
    const { heard, asked } = await following(stream, async ({ heard }) => {
      stream.add(8, 'a b');
      stream.add(9, 'own', SELF);
      stream.add(10, 'c');
      await heard('c');
    });
    assert.deepEqual(heard, ['a', 'b', 'c']);
    assert.equal(asked, 0);
  });

  it('asks the database for everything where the sequence has a gap', async () => {
    const stream = new Stream();
    stream.add(7, 'old');
    const { heard, asked } = await following(stream, async ({ heard }) => {
      stream.add(9, 'a');
      await heard('a');
      stream.add(10, 'b');
      await heard('b');
    });
    assert.deepEqual(heard, ['a', 'b']);
    assert.equal(asked, 1);
  });

  it('asks where entries come again or overtake each other', async () => {
    const stream = new Stream();
    stream.add(1, 'old');
    const { heard, asked } = await following(stream, async ({ heard }) => {
      for (const [number, id] of [
        [3, 'late'],
        [2, 'early'],
        [2, 'early'],
        [4, 'next'],
      ])
        stream.add(number, id);
      await heard('next');
    });
    assert.deepEqual(new Set(heard), new Set(['late', 'early', 'next']));
    assert.ok(asked > 0);
  });

  it('asks once the stream was emptied, and goes on from its new beginning', async () => {
    const stream = new Stream();
    for (let number = 1; number <= 5; number += 1) stream.add(number, 'old');
    const { heard, asked } = await following(stream, async ({ heard, asksAgain }) => {
      stream.empty();
      stream.add(1, 'missed');
      await asksAgain();
      stream.add(2, 'new');
      await heard('new');
    });
    assert.deepEqual(heard, ['new']);
    assert.equal(asked, 1);
  });

  it('asks when an instant was raised, which has no ids', async () => {
    const stream = new Stream();
    stream.add(1, 'old');
    const { asked } = await following(stream, async ({ heard }) => {
      stream.add(2, '');
      stream.add(3, 'a');
      await heard('a');
    });
    assert.equal(asked, 1);
  });
});
