import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  Core,
  generateKey,
  makeCore,
  parseSettings,
  sessionIdFor,
  thrown,
} from '../harness/core/core.mjs';
import { NodeSealer, derive, masterOfSecret } from '../harness/core/node-crypto.mjs';

const SESSION = '000102030405060708090a0b0c0d0e0f';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2lnbmF0dXJl';

describe('Sealing', () => {
  it('works the same under a key derived from the app, across instances', () => {
    const secret = 'the secret of an app';
    const core = makeCore({}, { kind: 'derived', secret });
    const envelope = core.seal(SESSION, 'accessToken', TOKEN);
    const node = new NodeSealer(masterOfSecret(secret));
    assert.equal(node.open(SESSION, 'accessToken', envelope), TOKEN);
    const other = makeCore({}, { kind: 'derived', secret });
    assert.equal(other.open(SESSION, 'accessToken', envelope), TOKEN);
    assert.notEqual(makeCore({}, { kind: 'derived', secret: 'x' }).keyId(), core.keyId());
  });

  it('never gives the same envelope twice', () => {
    const core = makeCore();
    const seal = () => core.seal(SESSION, 'accessToken', TOKEN);
    assert.equal(new Set(Array.from({ length: 1000 }, seal)).size, 1000);
  });

  it('binds to session and column, and fails the same way whatever the cause', () => {
    const core = makeCore();
    const envelope = core.seal(SESSION, 'accessToken', TOKEN);
    const [version, keyId, nonce, sealed] = envelope.split('.');
    const attempts = [
      [SESSION.replace('0f', '1f'), 'accessToken', envelope],
      [SESSION, 'refreshToken', envelope],
      [SESSION, 'accessToken', ''],
      [SESSION, 'accessToken', `${envelope}.`],
      [SESSION, 'accessToken', `${envelope}=`],
      [SESSION, 'accessToken', `v2.${keyId}.${nonce}.${sealed}`],
      [SESSION, 'accessToken', `${version}.${keyId.toUpperCase()}.${nonce}.${sealed}`],
      [SESSION, 'accessToken', `${version}.000000000000.${nonce}.${sealed}`],
      [SESSION, 'accessToken', `${version}.${keyId}.${nonce}.${sealed.slice(0, 10)}`],
      [SESSION, 'accessToken', `${version}.${keyId}.${nonce}.`],
    ];
    for (let at = 0; at < envelope.length; at += 1) {
      const changed = envelope[at] === 'A' ? 'B' : 'A';
      attempts.push([
        SESSION,
        'accessToken',
        envelope.slice(0, at) + changed + envelope.slice(at + 1),
      ]);
    }
    for (const attempt of attempts) {
      const { code, field, message } = thrown(() => core.open(...attempt));
      assert.deepEqual(
        { code, field, message },
        { code: 'open_failed', field: null, message: 'the sealed token did not open' },
      );
    }
  });

  it('keeps two cores apart', () => {
    const keys = [generateKey(), generateKey()];
    const [one, two] = keys.map((key) => new Core(parseSettings({}), { kind: 'configured', key }));
    const envelope = one.seal(SESSION, 'accessToken', TOKEN);
    assert.equal(thrown(() => two.open(SESSION, 'accessToken', envelope)).code, 'open_failed');
    two.free();
    assert.equal(one.open(SESSION, 'accessToken', envelope), TOKEN);
  });
});

describe('Ids, keys and fingerprints', () => {
  it('a generated key is 32 bytes, a session id 32 hex digits, and none repeats', () => {
    const core = makeCore();
    const keys = Array.from({ length: 100 }, generateKey);
    const ids = Array.from({ length: 100 }, () => core.newSessionId());
    for (const key of keys) assert.equal(Buffer.from(key, 'base64').length, 32);
    for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal(new Set([...keys, ...ids]).size, 200);
  });

  it('a fingerprint is the HMAC that Node computes', () => {
    const key = derive(Buffer.alloc(32), 'lookup: HMAC-SHA-256');
    const expected = createHmac('sha256', key).update(TOKEN).digest('base64url');
    assert.equal(makeCore().fingerprint(TOKEN), expected);
  });

  it('a derived session id is the hash that Node computes, under a label for each source', () => {
    const labels = {
      token: 'adopted-session',
      refreshToken: 'refresh-token',
      provider: 'provider-session',
      import: 'imported-session',
    };
    for (const [source, label] of Object.entries(labels)) {
      const digest = createHash('sha256').update(`magic-sessionmanager/${label}/v1\0a.b`);
      assert.equal(sessionIdFor(source, 'a.b'), digest.digest('hex').slice(0, 32));
    }
  });
});
