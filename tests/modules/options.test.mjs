import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
const { coreOptions } = modules.load('services/settings/options');
const { principalCacheOf } = modules.load('config/principal-cache');

after(() => modules.dispose());

describe('The options of config/plugins', () => {
  it('may be given by an earlier name', () => {
    const { terminateOnRoleChange, ...others } = coreOptions({ endOnRoleChange: true });
    assert.equal(terminateOnRoleChange, true);
    assert.ok(!('endOnRoleChange' in others));
  });

  it('go by their current name where both are given, in whichever order', () => {
    for (const options of [
      { endOnRoleChange: true, terminateOnRoleChange: false },
      { terminateOnRoleChange: false, endOnRoleChange: true },
    ]) {
      assert.equal(coreOptions(options).terminateOnRoleChange, false);
    }
  });
});

describe('The option principalCache', () => {
  it('is off by default, and on for two seconds at the most where it is true', () => {
    for (const off of [undefined, null, false]) assert.equal(principalCacheOf(off), null);
    for (const on of [true, {}, { maxAgeMs: undefined }])
      assert.deepEqual(principalCacheOf(on), { maxAgeMs: 2000 });
  });

  it('takes an age within its bounds', () => {
    for (const maxAgeMs of [100, 101, 2000, 10_000])
      assert.deepEqual(principalCacheOf({ maxAgeMs }), { maxAgeMs });
  });

  const takes = {
    '"principalCache" takes true, false, or an object with "maxAgeMs"': ['on', 2000, 0, '', [2000]],
    '"principalCache" takes "maxAgeMs", nothing else': [
      { maxAge: 2000 },
      { maxAgeMs: 2000, max: 5 },
    ],
    '"principalCache.maxAgeMs" takes whole milliseconds from 100 to 10000': [
      '2000',
      null,
      true,
      0,
      99,
      10_001,
      100.5,
      -2000,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ].map((maxAgeMs) => ({ maxAgeMs })),
  };

  for (const [message, values] of Object.entries(takes)) {
    it(`is refused with one line: ${message}`, () => {
      const whole = { message: `magic-sessionmanager: option ${message}` };
      for (const value of values) assert.throws(() => principalCacheOf(value), whole);
    });
  }
});
