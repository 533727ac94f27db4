import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

// A database that is slow or fails when it is told to cannot be had from outside.
describe('What is written again and again', () => {
  let modules;
  before(() => (modules = new ServerModules()));
  after(() => modules.dispose());

  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const seen = (sessionId) => ({ sessionId, lastSeenAtMs: 1 });

  it('is flushed once the write before it has ended as well', async () => {
    const written = [];
    let go;
    const slow = new Promise((resolve) => (go = resolve));
    const buffer = modules
      .load('services/sessions/last-seen-buffer')
      .createLastSeenBuffer(async (batch) => {
        if (batch[0].sessionId === 'first') await slow;
        written.push(batch[0].sessionId);
      }, assert.fail);
    buffer.add(seen('first'));
    const first = buffer.flush();
    await turn();
    buffer.add(seen('second'));
    const second = buffer.flush();
    const none = buffer.flush();
    await turn();
    assert.deepEqual(written, []);
    go();
    await none;
    assert.deepEqual(written, ['first', 'second']);
    await Promise.all([first, second]);
  });

  it('is reported when it first fails, and again after it has succeeded', async () => {
    const reports = [];
    const { reportOnce } = modules.load('async/report-once');
    const attempt = reportOnce((error) => reports.push(error.message));
    const failing = (message) => attempt(() => Promise.reject(new Error(message)));
    await failing('one');
    await failing('two');
    await attempt(() => Promise.resolve());
    await failing('three');
    assert.deepEqual(reports, ['one', 'three']);
  });

  it('is reported without the statement and its values', () => {
    const { databaseReason } = modules.load('log');
    const error = new Error(
      "update `s` set `at` = 1 where `id` in ('a-1', 'b') - database is locked",
    );
    assert.equal(databaseReason(error), 'database is locked');
  });
});
