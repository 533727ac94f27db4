import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { FakeStream } from '../harness/redis/fake-stream.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';
import { until } from '../harness/process/until.mjs';

const modules = new ServerModules();
const { createHintReader } = modules.load('stores/redis/hint-stream');

const SELF = 'this-instance';
const OTHER = 'another-instance';

/** A stream to which hints are added with their numbers in the sequence. */
class HintStream extends FakeStream {
  hint(number, sessions, from = OTHER) {
    this.add('number', String(number), 'from', from, 'sessions', sessions);
  }
}

describe('What an instance makes of the hints of others', () => {
  after(() => modules.dispose());

  /** Follows a stream; gives the ids that were heard of and how often all had to be asked for. */
  async function following(stream, act) {
    const heard = [];
    let asked = 0;
    const reader = createHintReader(stream, 'prefix:', SELF, {
      sessionsTerminated: (sessionIds) => heard.push(...sessionIds),
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
    const stream = new HintStream();
    stream.hint(7, 'old');
    const { heard, asked } = await following(stream, async ({ heard }) => {
      stream.hint(8, 'a b');
      stream.hint(9, 'own', SELF);
      stream.hint(10, 'c');
      await heard('c');
    });
    assert.deepEqual(heard, ['a', 'b', 'c']);
    assert.equal(asked, 0);
  });

  it('asks the database for everything where the sequence has a gap', async () => {
    const stream = new HintStream();
    stream.hint(7, 'old');
    const { heard, asked } = await following(stream, async ({ heard }) => {
      stream.hint(9, 'a');
      await heard('a');
      stream.hint(10, 'b');
      await heard('b');
    });
    assert.deepEqual(heard, ['a', 'b']);
    assert.equal(asked, 1);
  });

  it('asks where entries come again or overtake each other', async () => {
    const stream = new HintStream();
    stream.hint(1, 'old');
    const { heard, asked } = await following(stream, async ({ heard }) => {
      for (const [number, id] of [
        [3, 'late'],
        [2, 'early'],
        [2, 'early'],
        [4, 'next'],
      ])
        stream.hint(number, id);
      await heard('next');
    });
    assert.deepEqual(new Set(heard), new Set(['late', 'early', 'next']));
    assert.ok(asked > 0);
  });

  it('asks once the stream was emptied, and goes on from its new beginning', async () => {
    const stream = new HintStream();
    for (let number = 1; number <= 5; number += 1) stream.hint(number, 'old');
    const { heard, asked } = await following(stream, async ({ heard, asksAgain }) => {
      stream.empty();
      stream.hint(1, 'missed');
      await asksAgain();
      stream.hint(2, 'new');
      await heard('new');
    });
    assert.deepEqual(heard, ['new']);
    assert.equal(asked, 1);
  });

  it('asks when an instant was raised, which has no ids', async () => {
    const stream = new HintStream();
    stream.hint(1, 'old');
    const { asked } = await following(stream, async ({ heard }) => {
      stream.hint(2, '');
      stream.hint(3, 'a');
      await heard('a');
    });
    assert.equal(asked, 1);
  });
});
