import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TEST_KEY, TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const SHORT_KEY = Buffer.from('only-nineteen-bytes').toString('base64');
const NO_BASE64 = 'this is no base64 but a secret!!';

/** Wrong settings, and the option each must be blamed on. `$NaN` becomes NaN in the app. */
const WRONG = [
  ['a text for a number', { lastSeenRateLimit: '30000' }, 'lastSeenRateLimit'],
  ['a negative number', { inactivityTimeout: -1 }, 'inactivityTimeout'],
  ['NaN', { inactivityTimeout: '$NaN' }, 'inactivityTimeout'],
  ['a fraction', { lastSeenRateLimit: 0.5 }, 'lastSeenRateLimit'],
  ['a number beyond its bounds', { absoluteTimeout: 1 }, 'absoluteTimeout'],
  ['a truth value', { terminatedRetentionDays: true }, 'terminatedRetentionDays'],
  ['a list', { terminatedRetentionDays: [30] }, 'terminatedRetentionDays'],
  ['a key that is no base64', { encryptionKey: NO_BASE64 }, 'encryptionKey'],
  ['a key that is too short', { encryptionKey: SHORT_KEY }, 'encryptionKey'],
  ['a number as key', { encryptionKey: 42 }, 'encryptionKey'],
  ['a plan that is no cron expression', { cleanupCron: 'at three' }, 'cleanupCron'],
  ['a plan for every second', { cleanupCron: '* * * * * *' }, 'cleanupCron'],
  ['an unknown option', { lastSeenRatelimit: 30000 }, 'lastSeenRatelimit'],
];

const linesWith = (log, text) => log.split('\n').filter((line) => line.includes(text));

/** The plugin's own messages in a log, each once: Strapi repeats an error above its stack. */
const messages = (log) => {
  const found = log.match(/magic-sessionmanager: (unknown )?option .*/g) ?? [];
  return [...new Set(found)];
};

/** Boots a server that must not come up, and returns its exit code and its log. */
async function failedBoot(options) {
  const server = await TestServer.prepare(options);
  try {
    const process = await server.launch();
    const cameUp = process.ready().then(
      () => true,
      () => false,
    );
    assert.equal(await cameUp, false, 'the boot was not stopped');
    return { code: await process.exited, log: process.log };
  } finally {
    await server.dispose();
  }
}

function assertSecretFree(log) {
  const secrets = [...Object.values(TEST_SECRETS), TEST_KEY, SHORT_KEY, NO_BASE64];
  for (const secret of secrets) assert.equal(log.includes(secret), false, `${secret} was printed`);
}

describe('Wrong settings stop the boot with one line', () => {
  for (const [name, config, option] of WRONG) {
    it(`for ${name}`, async () => {
      const { code, log } = await failedBoot({ config });
      assert.equal(code, 1);
      const [message, ...others] = messages(log);
      assert.deepEqual(others, [], log);
      assert.ok(message.includes(`option "${option}"`), message);
      assert.match(message, /; (it takes|the options are) /);
      assertSecretFree(log);
    });
  }

  it('for a wrong key in the environment', async () => {
    const { code, log } = await failedBoot({ env: { SESSION_ENCRYPTION_KEY: SHORT_KEY } });
    assert.equal(code, 1);
    const [message, ...others] = messages(log);
    assert.deepEqual(others, [], log);
    assert.match(message, /SESSION_ENCRYPTION_KEY/, 'it says where the key came from');
    assertSecretFree(log);
  });
});

describe('Without any setting', () => {
  it('the plugin works, and says once that it has no key of its own', async () => {
    const server = await TestServer.start();
    try {
      const { jwt } = await server.users.signUp();
      assertStatus(await server.users.me(jwt), 200);
      const lines = linesWith(server.log, 'SESSION_ENCRYPTION_KEY');
      assert.equal(lines.length, 1, server.log);
      assert.match(lines[0], /warn/);
      assertSecretFree(server.log);
    } finally {
      await server.dispose();
    }
  });
});

describe('A key', () => {
  for (const [name, options] of [
    ['in the environment is enough', { env: { SESSION_ENCRYPTION_KEY: TEST_KEY } }],
    ['in the configuration is enough', { config: { encryptionKey: TEST_KEY } }],
  ]) {
    it(name, async () => {
      const server = await TestServer.start(options);
      try {
        const { jwt } = await server.users.signUp();
        assertStatus(await server.users.me(jwt), 200);
        assert.doesNotMatch(server.log, /warn.*(SESSION_ENCRYPTION_KEY|encryptionKey)/);
        assertSecretFree(server.log);
      } finally {
        await server.dispose();
      }
    });
  }
});
