import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as wasm from '../../pkg/magic_sessionmanager.js';
import { makeCore, parseSettings } from '../harness/core/core.mjs';

/** Overwrites the memory of the instance in use, as by a bug that writes where it should not. */
function corrupt() {
  const { memory } = wasm.initSync();
  new Uint8Array(memory.buffer).fill(0xff);
}

describe('An instance whose memory is corrupted', () => {
  it('fails with an error that is no refusal, and can be replaced', () => {
    const core = makeCore();
    const sealed = core.seal('0'.repeat(32), 'accessToken', 'a token');
    corrupt();
    assert.throws(
      () => core.open('0'.repeat(32), 'accessToken', sealed),
      (error) => error.name !== 'CoreError',
    );

    wasm.__wbg_reset_state();
    assert.throws(() => core.keyId(), /stale object/, 'no call goes into memory that is gone');
    assert.equal(parseSettings({}).terminatedRetentionDays, 30);
    assert.equal(makeCore().open('0'.repeat(32), 'accessToken', sealed), 'a token');
  });

  it('leaves nothing that its objects could free in the next one', () => {
    const stale = [makeCore(), makeCore()];
    wasm.__wbg_reset_state();
    const core = makeCore();
    const [id, sealed] = [core.keyId(), core.seal('0'.repeat(32), 'accessToken', 'a token')];
    for (const one of stale) one.free();
    // These would be written over the core, had it been freed.
    const others = [makeCore(), makeCore(), parseSettings({})];
    assert.equal(core.keyId(), id);
    assert.equal(core.open('0'.repeat(32), 'accessToken', sealed), 'a token');
    core.free();
    assert.equal(others.length, 3);
  });
});
