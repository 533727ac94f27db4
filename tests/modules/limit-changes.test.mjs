import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { FakeStream } from '../harness/redis/fake-stream.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';
import { until } from '../harness/process/until.mjs';

const modules = new ServerModules();
const { createLimitChangeReader } = modules.load('stores/redis/limit-changes');

const to = { text: '1', forgetAtMs: 1_700_000_000_000 };

/** A stream to which news of limits are added as texts. */
class NewsStream extends FakeStream {
  news(...keys) {
    this.add('changes', JSON.stringify(keys.map((key) => ({ key, to }))));
  }
}

describe('What an instance hears of limits', () => {
  after(() => modules.dispose());

  /** Follows a stream and gives the keys that were heard of, in their order. */
  async function following(stream, act) {
    const keys = [];
    const reader = createLimitChangeReader(stream, 'prefix:', ({ key }) => keys.push(key));
    const done = reader.follow();
    try {
      await act((key) => until(`${key} is heard of`, () => keys.includes(key)));
    } finally {
      stream.close();
      await done;
    }
    return keys;
  }

  it('is all that there is, in the order in which it came', async () => {
    const stream = new NewsStream();
    stream.news('a', 'b');
    const keys = await following(stream, async (heard) => {
      await heard('b');
      stream.news('a');
      stream.news('c');
      await heard('c');
    });
    assert.deepEqual(keys, ['a', 'b', 'a', 'c']);
  });

  it('goes on from the new beginning of a stream that was emptied', async () => {
    const stream = new NewsStream();
    for (const key of ['a', 'b', 'c']) stream.news(key);
    const keys = await following(stream, async (heard) => {
      await heard('c');
      stream.empty();
      stream.news('d');
      await heard('d');
    });
    assert.deepEqual(keys, ['a', 'b', 'c', 'd']);
  });

  for (const text of [
    '',
    '{',
    'null',
    '{}',
    '[1]',
    '[{"to":null}]',
    '[{"key":"a"}]',
    '[{"key":"a","to":{"text":1,"forgetAtMs":1}}]',
    '[{"key":"a","to":{"text":"1","forgetAtMs":-1}}]',
  ]) {
    it(`is nothing where nobody can read it: ${text}`, async () => {
      const stream = new NewsStream();
      stream.add('changes', text);
      const keys = await following(stream, async (heard) => {
        stream.news('last');
        await heard('last');
      });
      assert.deepEqual(keys, ['last']);
    });
  }

  it('is nothing where an entry has no news', async () => {
    const stream = new NewsStream();
    stream.add('other', 'news');
    const keys = await following(stream, async (heard) => {
      stream.news('last');
      await heard('last');
    });
    assert.deepEqual(keys, ['last']);
  });
});
