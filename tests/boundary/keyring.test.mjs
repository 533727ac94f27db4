import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ZERO_KEY, keyIdOf, makeCore, sealCountToWarnAt, thrown } from '../harness/core/core.mjs';

const SESSION = '000102030405060708090a0b0c0d0e0f';
const PLACE = [SESSION, 'accessToken'];
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2lnbmF0dXJl';
const SECRET = 'the secret of an app';
const [OLD, OLDER] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));

function configured(key, more = {}) {
  return makeCore({}, { kind: 'configured', key, ...more });
}

const under = {
  old: configured(OLD).seal(...PLACE, TOKEN),
  older: configured(OLDER).seal(...PLACE, TOKEN),
  app: makeCore({}, { kind: 'derived', secret: SECRET }).seal(...PLACE, TOKEN),
  lost: configured(Buffer.alloc(32, 9).toString('base64')).seal(...PLACE, TOKEN),
};

describe('Previous keys', () => {
  it('open, in either spelling of the option, and the primary key seals', () => {
    for (const previous of [`${OLD}, ${OLDER}`, [OLD, OLDER], [OLDER, OLD, OLD, ZERO_KEY]]) {
      const core = configured(ZERO_KEY, { previous });
      assert.equal(core.open(...PLACE, under.old), TOKEN);
      assert.equal(core.open(...PLACE, under.older), TOKEN);
      assert.equal(core.keyId(), configured(ZERO_KEY).keyId());
      assert.equal(configured(ZERO_KEY).open(...PLACE, core.seal(...PLACE, TOKEN)), TOKEN);
    }
  });

  it('may be the one derived from the app, once a key is configured', () => {
    const core = configured(ZERO_KEY, { previousSecret: SECRET });
    assert.equal(core.keyStateOf(under.app), 'previous');
    assert.equal(core.open(...PLACE, under.app), TOKEN);
  });

  it('work beside a derived primary key too', () => {
    const core = makeCore({}, { kind: 'derived', secret: SECRET, previous: OLD });
    assert.equal(core.open(...PLACE, under.old), TOKEN);
    assert.equal(core.keyStateOf(under.app), 'primary');
  });

  it('are none when nothing is given', () => {
    for (const previous of [undefined, null, '', []]) {
      const core = configured(ZERO_KEY, { previous, previousSecret: null });
      assert.equal(core.keyStateOf(under.old), 'unknown');
      assert.equal(thrown(() => core.open(...PLACE, under.old)).code, 'open_failed');
    }
  });

  it('are refused by their place in the list, and never shown', () => {
    const list = [
      'hunter2!',
      { toString: () => OLD },
      'c2VjcmV0',
      '',
      7,
      null,
      [OLD],
      OLD.repeat(9),
    ];
    for (const wrong of list) {
      const error = thrown(() => configured(ZERO_KEY, { previous: [OLD, wrong] }));
      assert.deepEqual([error.code, error.field], ['invalid_setting', 'encryptionKeyPrevious']);
      assert.match(error.message, / as key 2; it takes /);
      assert.doesNotMatch(error.message, /hunter2|c2VjcmV0|AQEB/);
    }
    const unreadable = new Proxy([OLD], {
      ownKeys: () => {
        throw new Error('from the proxy');
      },
    });
    for (const previous of [1, true, {}, 'x'.repeat(1e6), new Array(5000).fill(OLD), unreadable])
      assert.equal(thrown(() => configured(ZERO_KEY, { previous })).code, 'invalid_setting');
    for (const previousSecret of ['', 1, {}])
      assert.match(thrown(() => configured(ZERO_KEY, { previousSecret })).code, /^invalid_/);
  });
});

describe('keyStateOf and reseal', () => {
  const core = configured(ZERO_KEY, { previous: [OLD, OLDER] });

  it('sort envelopes by their key', () => {
    assert.equal(core.keyStateOf(core.seal(...PLACE, TOKEN)), 'primary');
    assert.equal(core.keyStateOf(under.older), 'previous');
    assert.equal(core.keyStateOf(under.lost), 'unknown');
    for (const text of ['', 'v1', TOKEN, `${under.old}.`])
      assert.equal(core.keyStateOf(text), 'malformed');
    assert.equal(thrown(() => core.keyStateOf(null)).field, 'envelope');
  });

  it('name the key of an envelope, one that is not configured as well', () => {
    assert.equal(keyIdOf(core.seal(...PLACE, TOKEN)), core.keyId());
    assert.equal(keyIdOf(under.older), configured(OLDER).keyId());
    assert.equal(keyIdOf(under.lost), under.lost.split('.')[1]);
    for (const text of ['', 'v1', TOKEN, `${under.old}.`]) assert.equal(keyIdOf(text), null);
    assert.equal(thrown(() => keyIdOf(null)).field, 'envelope');
  });

  it('move a token under the primary key, so that the old one can go', () => {
    const moved = core.reseal(...PLACE, under.old);
    assert.equal(core.keyStateOf(moved), 'primary');
    assert.equal(configured(ZERO_KEY).open(...PLACE, moved), TOKEN);
  });

  it('leave alone what does not open', () => {
    for (const [place, envelope] of [
      [PLACE, under.lost],
      [[SESSION, 'refreshToken'], under.old],
      [[SESSION.replace('0f', '1f'), 'accessToken'], under.old],
    ])
      assert.equal(thrown(() => core.reseal(...place, envelope)).code, 'open_failed');
  });
});

describe('sealCount', () => {
  it('counts seals and reseals of one core', () => {
    const core = configured(ZERO_KEY, { previous: OLD });
    assert.equal(core.sealCount(), 0);
    core.seal(...PLACE, TOKEN);
    core.reseal(...PLACE, under.old);
    core.open(...PLACE, under.old);
    assert.equal(core.sealCount(), 2);
    assert.equal(sealCountToWarnAt(), 2 ** 31);
  });
});

describe('setSealTotal', () => {
  it('tells how far the key is used up, and lets it seal no more beyond 2^32', () => {
    const core = configured(ZERO_KEY, { previous: OLD });
    assert.equal(core.setSealTotal(2 ** 31 - 1), 'fresh');
    assert.equal(core.setSealTotal(2 ** 31), 'worn');
    assert.equal(core.setSealTotal(2 ** 32 - 1), 'worn');
    const last = core.seal(...PLACE, TOKEN);
    for (const call of [() => core.seal(...PLACE, TOKEN), () => core.reseal(...PLACE, under.old)])
      assert.equal(thrown(call).code, 'key_exhausted');
    assert.equal(core.open(...PLACE, last), TOKEN);
    assert.equal(core.setSealTotal(2 ** 32), 'exhausted');
    assert.equal(core.sealCount(), 1);
  });

  it('refuses anything but whole numbers from 0', () => {
    for (const wrong of [null, undefined, -1, 0.5, Number.NaN, '1', 1n])
      assert.equal(thrown(() => makeCore().setSealTotal(wrong)).field, 'total');
  });
});
