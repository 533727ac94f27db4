import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { generateKey, makeCore, memory, parseSettings, thrown } from '../harness/core/core.mjs';
import { NodeSealer, derive } from '../harness/core/node-crypto.mjs';

const PLACE = ['000102030405060708090a0b0c0d0e0f', 'accessToken'];

/** Says whether the module's memory holds some bytes or text. */
function inMemory(secret) {
  return Buffer.from(memory.buffer).includes(secret);
}

describe('The memory of the module', () => {
  it('holds a configured key in no form once the core is freed', () => {
    const [master, previous] = [randomBytes(32), randomBytes(32)];
    const key = master.toString('base64');
    const old = previous.toString('base64');
    parseSettings({ encryptionKey: key, encryptionKeyPrevious: [old] });
    const core = makeCore({}, { kind: 'configured', key, previous: `${old},${key}` });
    core.open(...PLACE, core.seal(...PLACE, 'a token'));
    core.fingerprint('a token');
    core.free();
    for (const [name, secret] of Object.entries({ master, key, previous, old }))
      assert.ok(!inMemory(secret), name);
    for (const label of ['seal: AES-256-GCM', 'lookup: HMAC-SHA-256'])
      assert.ok(!inMemory(derive(master, label)), label);
  });

  it('holds no token after it was sealed, opened, resealed or fingerprinted', () => {
    const [master, previous] = [randomBytes(32), randomBytes(32)];
    const keys = { key: master.toString('base64'), previous: previous.toString('base64') };
    const core = makeCore({}, { kind: 'configured', ...keys });
    const token = randomBytes(200).toString('base64url');
    const part = token.slice(100, 140);
    core.fingerprint(token);
    core.open(...PLACE, core.seal(...PLACE, token));
    core.reseal(...PLACE, new NodeSealer(previous).seal(...PLACE, token));
    thrown(() => core.seal(...PLACE, `${token}\ud800`));
    assert.ok(!inMemory(part));
    core.free();
  });

  it('holds no sixteen bytes of a token, not even before the next call', () => {
    const token = randomBytes(231).toString('base64url');
    const parts = Array.from({ length: token.length - 15 }, (_, at) => token.slice(at, at + 16));
    const left = () => parts.filter((part) => inMemory(part)).length;
    const core = makeCore();
    const sealed = core.seal(...PLACE, token);
    assert.equal(left(), 0, 'after a seal');
    core.open(...PLACE, sealed);
    assert.equal(left(), 0, 'after it was opened');
    core.reseal(...PLACE, sealed);
    assert.equal(left(), 0, 'after it was sealed again');
    core.fingerprint(token);
    assert.equal(left(), 0, 'after its fingerprint');
    core.free();
  });

  it('holds no app secret and no generated key', () => {
    const secret = randomBytes(40).toString('hex');
    makeCore({}, { kind: 'derived', secret, previousSecret: `${secret}x` }).free();
    assert.ok(!inMemory(secret));
    assert.ok(!inMemory(generateKey()));
  });
});
