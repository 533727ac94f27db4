import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CommandLine } from '../../harness/app/command-line.mjs';

const ADMINISTRATOR = '--email=ada@example.test';
const PASSWORD = '--password=Correct-Horse-1';
/** Nothing listens at this port. */
const NOWHERE = 'http://127.0.0.1:1/admin';

/** Every command that loads the app and ends by itself, in an order in which each finds its input. */
const COMMANDS = [
  'version',
  'report --all',
  'ts:generate-types',
  'components:list',
  'content-types:list',
  'controllers:list',
  'hooks:list',
  'middlewares:list',
  'policies:list',
  'routes:list',
  'services:list',
  'generate',
  'templates:generate template',
  'console',
  'openapi generate --output openapi.json',
  `admin:create-user --firstname=Ada ${ADMINISTRATOR} ${PASSWORD}`,
  // Strapi keeps the last administrator.
  `admin:create-user --firstname=Bob --email=bob@example.test ${PASSWORD}`,
  'admin:list-users',
  `admin:active-user --active=true ${ADMINISTRATOR}`,
  `admin:block-user --block=true ${ADMINISTRATOR}`,
  `admin:reset-user-password ${ADMINISTRATOR} --password=Correct-Horse-2`,
  `admin:delete-user ${ADMINISTRATOR}`,
  'configuration:dump --file configuration.json',
  'configuration:restore --file configuration.json --strategy replace',
  'export --no-encrypt --no-compress --file exported',
  'import --force --file exported.tar',
  `transfer --force --to ${NOWHERE} --to-token none`,
];

/** The commands that fail in this test with and without the plugin, and why. */
const IMPOSSIBLE_HERE = {
  generate: 'it asks questions, and there is no terminal',
  'templates:generate': 'Strapi lists it and does not have it',
  transfer: 'the other server does not exist',
};

/** Each other command, with the reason why it is not run here. */
const NOT_RUN = {
  start: 'every other test starts Strapi',
  develop: 'it builds the admin and does not end',
  build: 'it has built the admin of the test app',
  'telemetry:disable': 'it asks a server of Strapi and does not load the app',
  'telemetry:enable': 'it asks a server of Strapi and does not load the app',
  'cloud:deploy': 'it asks a server of Strapi and does not load the app',
  'cloud:link': 'it asks a server of Strapi and does not load the app',
  'cloud:login': 'it asks a server of Strapi and does not load the app',
  'cloud:logout': 'it asks a server of Strapi and does not load the app',
  'cloud:projects': 'it asks a server of Strapi and does not load the app',
  cloud: 'it asks a server of Strapi and does not load the app',
  help: 'it does not load the app',
};

describe('The command line of Strapi', () => {
  let without;
  let withPlugin;
  before(async () => {
    without = await CommandLine.open({ MAGIC_ENABLED: 'false' });
    withPlugin = await CommandLine.open();
  });
  after(() => {
    without?.close();
    withPlugin?.close();
  });

  it('has no command that this test does not know', async () => {
    const known = new Set([
      ...COMMANDS.map((command) => command.split(' ')[0]),
      ...Object.keys(NOT_RUN),
    ]);
    const listed = await withPlugin.commands();
    assert.deepEqual([...listed].sort(), [...known].sort());
  });

  for (const command of COMMANDS) {
    it(`ends \`strapi ${command}\` with the plugin as without it`, async () => {
      const ended = await withPlugin.run(command.split(' '));
      const name = command.split(' ')[0];
      if (name in IMPOSSIBLE_HERE) {
        const expected = await without.run(command.split(' '));
        assert.notEqual(expected.code, 0, expected.output);
        assert.equal(ended.code, expected.code, ended.output);
      } else {
        assert.equal(ended.code, 0, ended.output);
      }
      const complaints = ended.output.split('\n').filter((line) => /\berror\b.*magic-/.test(line));
      assert.deepEqual(complaints, []);
    });
  }
});
