import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
after(() => modules.dispose());
const { createPrincipalNews } = modules.load('services/principals/principal-news');

const MICROTASKS = 30;

/** All that was begun has run once a turn of the event loop is over. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The counter of all instances, as the database has it. */
let counter, drops, hints, reports, writes;
beforeEach(() => {
  [counter, drops, hints, reports, writes] = [0, 0, 0, [], 0];
});

function makeNews(write = async () => (counter += 1)) {
  return createPrincipalNews({
    write: () => {
      writes += 1;
      return write();
    },
    hint: () => (hints += 1),
    drop: () => (drops += 1),
    runDetached: (act) => act(),
    report: (error) => reports.push(error.message),
  });
}

describe('The news of changes of principals', () => {
  it('are written once for a change, and others are hinted at it afterwards', async () => {
    const news = makeNews(async () => {
      assert.equal(hints, 0);
      return (counter += 1);
    });
    news.tell();
    await turn();
    assert.deepEqual([writes, counter, hints], [1, 1, 1]);
  });

  it('are written once more for all changes that come during a write', async () => {
    let answer;
    const news = makeNews(() => new Promise((resolve) => (answer = resolve)));
    news.tell();
    for (let times = 0; times < 100; times += 1) news.tell();
    await turn();
    assert.equal(writes, 1);
    for (let times = 0; times < 100; times += 1) news.tell();
    answer(1);
    await turn();
    assert.equal(writes, 2);
    answer(2);
    await turn();
    assert.deepEqual([writes, hints], [2, 1]);
  });

  it('are written after each change, however soon it follows a write', async () => {
    const untold = [];
    for (let delay = 0; delay < MICROTASKS; delay += 1) {
      let answer;
      writes = 0;
      const news = makeNews(() => new Promise((resolve) => (answer = resolve)));
      news.tell();
      answer(1);
      for (let waited = 0; waited < delay; waited += 1) await null;
      news.tell();
      await turn();
      if (writes < 2) untold.push(delay);
    }
    assert.deepEqual(untold, [], 'microtasks after a write at which a change is told to nobody');
  });

  it('are reported where they cannot be written', async () => {
    const news = makeNews(() => Promise.reject(new Error('no database')));
    news.tell();
    await turn();
    assert.deepEqual(reports, ['no database']);
  });

  it('are written after a failure, at the next change', async () => {
    let isBroken = true;
    const news = makeNews(async () => {
      if (isBroken) throw new Error('no database');
      return (counter += 1);
    });
    news.tell();
    await turn();
    isBroken = false;
    news.tell();
    await turn();
    assert.deepEqual([writes, counter, hints], [2, 1, 1]);
  });

  it('are written of a change that came while a write failed', async () => {
    let fail;
    const answers = [new Promise((_resolve, reject) => (fail = reject))];
    const news = makeNews(() => answers.shift() ?? Promise.resolve((counter += 1)));
    news.tell();
    news.tell();
    fail(new Error('no database'));
    await turn();
    assert.deepEqual([reports, writes, counter], [['no database'], 2, 1]);
  });
});

describe('A number that a poll has read', () => {
  /** Hears numbers one after the other, and tells after which of them all was dropped. */
  const droppedAt = (news, numbers) =>
    numbers.filter((number) => {
      const before = drops;
      news.heard(number);
      return drops > before;
    });

  /** Makes the news of an instance that knows a number. */
  function newsAt(number, write) {
    const news = makeNews(write);
    news.heard(number);
    drops = 0;
    counter = number;
    return news;
  }

  it('drops everything at first, because changes before are unknown', () => {
    assert.deepEqual(droppedAt(makeNews(), [7, 7]), [7]);
  });

  it('drops everything after each change by another instance', () => {
    assert.deepEqual(droppedAt(newsAt(5), [5, 6, 6, 9, 10]), [6, 9, 10]);
  });

  it('drops nothing where all changes are of this instance', async () => {
    const news = newsAt(5);
    for (let times = 0; times < 3; times += 1) {
      news.tell();
      await turn();
    }
    assert.equal(counter, 8);
    assert.deepEqual(droppedAt(news, [6, 8, 8]), []);
  });

  for (const [title, foreign] of [
    ['before its own', [6]],
    ['between its own', [7]],
    ['after its own', [8]],
    ['around its own', [6, 8]],
  ]) {
    it(`drops everything where another instance made a change ${title}`, async () => {
      const own = [6, 7, 8].filter((number) => !foreign.includes(number));
      const left = [...own];
      const news = newsAt(5, async () => left.shift());
      while (left.length > 0) {
        news.tell();
        await turn();
      }
      assert.deepEqual(droppedAt(news, [8]), [8]);
      assert.deepEqual(droppedAt(news, [8, 9]), [9], 'its own numbers count once');
    });
  }

  it('drops what costs a read more where it is heard before its writer knows it', async () => {
    let answer;
    const news = newsAt(5, () => new Promise((resolve) => (answer = resolve)));
    news.tell();
    assert.deepEqual(droppedAt(news, [6]), [6]);
    answer(6);
    await turn();
    assert.deepEqual(droppedAt(news, [6, 7]), [7]);
  });

  it('drops everything where it went back, as after the restore of a backup', () => {
    assert.deepEqual(droppedAt(newsAt(500), [1, 2]), [1, 2]);
  });
});
