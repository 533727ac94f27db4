import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeSettings, makeCore, parseSettings, thrown } from '../harness/core/core.mjs';

const DEFAULTS = {
  lastSeenRateLimit: 30_000,
  inactivityTimeout: 900_000,
  onInactive: 'mark',
  absoluteTimeout: 30 * 86_400_000,
  maxSessionsPerUser: -1,
  onLimit: 'evict-oldest',
  terminateOnRoleChange: false,
  strict: false,
  refreshRetryWindow: 30_000,
  onRefreshReuse: 'terminate',
  terminatedRetentionDays: 30,
  journalRetentionDays: 90,
  storeTokens: true,
  'failedLogins.enabled': true,
  'failedLogins.perAccount': 100,
  'failedLogins.perAddress': 300,
  'failedLogins.maxConsecutive': 100,
  'failedLogins.trustedNetworks': [],
};

describe('parseSettings', () => {
  it('gives the defaults for nothing, null and an empty object', () => {
    for (const nothing of [undefined, null, {}]) assert.deepEqual(parseSettings(nothing), DEFAULTS);
  });

  it('takes undefined and null for the default of an option', () => {
    const options = {
      inactivityTimeout: undefined,
      absoluteTimeout: null,
      encryptionKey: undefined,
    };
    assert.deepEqual(parseSettings(options), DEFAULTS);
  });

  it('keeps records forever with -1 and with null', () => {
    for (const name of ['terminatedRetentionDays', 'journalRetentionDays'])
      for (const days of [-1, null]) assert.equal(parseSettings({ [name]: days })[name], -1);
  });

  it('gives back resolved settings unchanged', () => {
    const settings = parseSettings({
      lastSeenRateLimit: 0,
      terminatedRetentionDays: -1,
      onInactive: 'terminate',
      maxSessionsPerUser: 3,
      onLimit: 'deny-new',
      strict: true,
    });
    assert.deepEqual(parseSettings(settings), settings);
  });

  it('takes the bounds that describeSettings names and nothing beyond', () => {
    for (const { name, kind, min, max } of describeSettings()) {
      if (kind !== 'number') continue;
      for (const value of [min, max]) assert.equal(parseSettings({ [name]: value })[name], value);
      for (const value of [min - 1, max + 1, min + 0.5])
        assert.equal(thrown(() => parseSettings({ [name]: value })).field, name);
    }
  });

  it('takes the words and the truth values that describeSettings names and nothing else', () => {
    for (const { name, kind, choices } of describeSettings()) {
      if (kind !== 'choice' && kind !== 'boolean') continue;
      for (const value of choices ?? [true, false])
        assert.equal(parseSettings({ [name]: value })[name], value);
      for (const wrong of ['', 'True', 0, 1, {}, kind === 'choice' ? true : 'true'])
        assert.equal(thrown(() => parseSettings({ [name]: wrong })).field, name);
    }
  });

  it('has the defaults that describeSettings names', () => {
    for (const { name, default: fallback } of describeSettings())
      if (name in DEFAULTS) assert.deepEqual(DEFAULTS[name], fallback);
  });

  it('sets no limit of sessions with -1 and with null', () => {
    for (const maxSessionsPerUser of [-1, null])
      assert.equal(parseSettings({ maxSessionsPerUser }).maxSessionsPerUser, -1);
  });

  it('says in one line which option, what it got and what it takes', () => {
    const takes =
      'it takes a whole number of milliseconds from 1000 to 31536000000 (default 900000)';
    const cases = [
      ['15m', 'the text "15m"'],
      ['x'.repeat(10_000_000), `the text "${'x'.repeat(40)}…"`],
      ['a\nb\u202e\ud800', 'the text "a\\nb\\u{202e}\ufffd"'],
      [Number.NaN, 'the number NaN'],
      [-Infinity, 'the number -Infinity'],
      [-1.25, 'the number -1.25'],
      [0.1, 'the number 0.1'],
      [900_000.3, 'the number 900000.3'],
      [-1e300, 'the number -9007199254740991 or beyond'],
      [true, 'true'],
      [[900_000], 'a list'],
      [{}, 'an object'],
      [() => 1, 'a function'],
      [Symbol('s'), 'a symbol'],
      [900_000n, 'a bigint'],
      [new Number(900_000), 'an object'],
    ];
    for (const [inactivityTimeout, got] of cases) {
      const error = thrown(() => parseSettings({ inactivityTimeout }));
      assert.equal(error.code, 'invalid_setting');
      assert.equal(error.field, 'inactivityTimeout');
      assert.equal(
        error.message,
        `magic-sessionmanager: option "inactivityTimeout" got ${got}; ${takes}`,
      );
    }
  });

  it('names an unknown option and lists the known ones', () => {
    const error = thrown(() => parseSettings({ inactivityTimout: 1 }));
    assert.equal(error.field, 'inactivityTimout');
    for (const { name } of describeSettings()) assert.ok(error.message.includes(name));
    assert.ok(thrown(() => parseSettings({ ['k'.repeat(1_000_000)]: 1 })).message.length < 600);
  });

  it('refuses a configuration that is not an object', () => {
    for (const wrong of ['x', 1, true, [], () => 1, Symbol('s'), 1n])
      assert.equal(thrown(() => parseSettings(wrong)).code, 'invalid_setting');
  });

  it('sees own properties only', () => {
    assert.deepEqual(parseSettings(Object.create({ inactivityTimeout: 'inherited' })), DEFAULTS);
    Object.assign(Object.prototype, { inactivityTimeout: 5000 });
    try {
      assert.equal(parseSettings({}).inactivityTimeout, 900_000);
    } finally {
      delete Object.prototype.inactivityTimeout;
    }
    assert.deepEqual(parseSettings(Object.create(null)), DEFAULTS);
  });

  it('turns a getter or a proxy that throws into its own error', () => {
    const getter = Object.defineProperty({}, 'inactivityTimeout', {
      enumerable: true,
      get: () => {
        throw new Error('from the getter');
      },
    });
    const trap = () => {
      throw new Error('from the proxy');
    };
    for (const hostile of [getter, new Proxy({}, { ownKeys: trap })])
      assert.equal(thrown(() => parseSettings(hostile)).code, 'invalid_setting');
  });
});

describe('the encryption key', () => {
  it('is taken in either alphabet, with or without padding, and never given back', () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const spellings = [bytes.toString('base64'), bytes.toString('base64url')];
    spellings.push(spellings[0].replace('=', ''), `${spellings[1]}=`, ` ${spellings[0]}\r\n`);
    const ids = spellings.map((key) => makeCore({}, { kind: 'configured', key }).keyId());
    assert.equal(new Set(ids).size, 1);
    for (const encryptionKey of spellings)
      assert.deepEqual(parseSettings({ encryptionKey }), DEFAULTS);
  });

  it('is described in a refusal and never shown', () => {
    const takes = `it takes 32 bytes in base64 (make one with: node -p "crypto.randomBytes(32).toString('base64')")`;
    const cases = [
      ['', 'got an empty text'],
      ['hunter2 hunt', 'got text of 12 characters that is not base64'],
      [Buffer.alloc(16).toString('base64'), 'got 16 bytes'],
      [Buffer.alloc(33).toString('base64'), 'got 33 bytes'],
      ['\ud800'.repeat(44), 'got text of 44 characters that is not base64'],
      ['hunter2!'.repeat(1_000_000), 'got text of more than 1000 characters that is not base64'],
      [12345, 'got a number'],
      [false, 'got a truth value'],
      [Buffer.alloc(32), 'got an object'],
    ];
    for (const [encryptionKey, got] of cases) {
      const error = thrown(() => parseSettings({ encryptionKey }));
      assert.equal(error.message, `magic-sessionmanager: option "encryptionKey" ${got}; ${takes}`);
      if (typeof encryptionKey !== 'string') continue;
      const direct = thrown(() => makeCore({}, { kind: 'configured', key: encryptionKey }));
      assert.ok(['invalid_key', 'invalid_argument'].includes(direct.code));
      assert.doesNotMatch(direct.message + direct.stack, /hunter2/);
    }
  });
});
