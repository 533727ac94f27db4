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
});
