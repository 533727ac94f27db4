import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  Core,
  ZERO_KEY,
  makeCore,
  parseSettings,
  sessionIdFor,
  thrown,
} from '../harness/core/core.mjs';

const SESSION = '0'.repeat(32);
const SECRET = 'hunter2';
const NOT_TEXT = [undefined, null, 1, true, {}, [SECRET], () => SECRET, Symbol(SECRET), 1n];
const HUGE = SECRET.repeat(1_500_000);

describe('Functions that take a text', () => {
  const core = makeCore();
  const calls = {
    text: (text) => sessionIdFor('token', text),
    source: (text) => sessionIdFor(text, 'a.b'),
    token: (text) => core.fingerprint(text),
    'token to seal': (text) => core.seal(SESSION, 'accessToken', text),
    envelope: (text) => core.open(SESSION, 'accessToken', text),
    sessionId: (text) => core.seal(text, 'accessToken', 'a.b.c'),
    field: (text) => core.seal(SESSION, text, 'a.b.c'),
  };

  for (const [name, call] of Object.entries(calls)) {
    it(`refuse anything else, and never show it (${name})`, () => {
      for (const wrong of [...NOT_TEXT, HUGE, `${SECRET}\ud800`]) {
        const error = thrown(() => call(wrong));
        assert.equal(error.code, 'invalid_argument');
        assert.equal(error.field, name.split(' ')[0]);
        assert.doesNotMatch(error.message, /hunter2/);
      }
    });
  }

  it('take well-formed text of any script, the replacement character included', () => {
    for (const token of ['', '\ufffd', '日本語', '👩‍🚀', '\0', 'x'.repeat(65_536)])
      assert.equal(
        core.open(SESSION, 'accessToken', core.seal(SESSION, 'accessToken', token)),
        token,
      );
  });

  it('know session ids in one spelling only', () => {
    for (const id of [
      '',
      '0'.repeat(31),
      '0'.repeat(33),
      'A'.repeat(32),
      'g'.repeat(32),
      `${SESSION}\n`,
    ])
      assert.equal(thrown(() => core.seal(id, 'accessToken', 'x')).field, 'sessionId');
  });

  it('go on working after all that', () => {
    assert.equal(core.open(SESSION, 'accessToken', core.seal(SESSION, 'accessToken', 'x')), 'x');
  });
});

describe('The constructor', () => {
  it('refuses a key source that is none, and never shows it', () => {
    const settings = parseSettings({});
    const sources = [
      ...NOT_TEXT,
      { kind: 'configured' },
      { kind: 'configured', key: SECRET },
      { kind: 'configured', key: HUGE },
      { kind: 'configured', secret: SECRET },
      { kind: 'derived', secret: '' },
      { kind: 'derived', key: ZERO_KEY },
      { kind: SECRET, key: ZERO_KEY },
      Object.create({ kind: 'configured', key: ZERO_KEY }),
    ];
    for (const source of sources) {
      const error = thrown(() => new Core(settings, source));
      assert.ok(['invalid_key', 'invalid_argument'].includes(error.code), error.message);
      assert.doesNotMatch(error.message, /hunter2/);
    }
  });

  it('refuses settings out of bounds', () => {
    const key = { kind: 'configured', key: ZERO_KEY };
    const settings = { ...parseSettings({}), absoluteTimeout: 0 };
    assert.equal(thrown(() => new Core(settings, key)).field, 'absoluteTimeout');
  });

  it('leaves the prototype of objects out of it', () => {
    const polluted = { kind: 'configured', key: ZERO_KEY, type: 'requestSeen', reason: 'admin' };
    try {
      Object.assign(Object.prototype, polluted);
      assert.equal(thrown(() => new Core(parseSettings({}), {})).field, 'key.kind');
      assert.equal(thrown(() => makeCore().transition(undefined, {}, 1)).field, 'event.type');
    } finally {
      for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it('makes a core that is unusable after free()', () => {
    const core = makeCore();
    core.free();
    assert.throws(() => core.keyId());
  });
});
