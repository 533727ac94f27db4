import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const FAKE_NODE_VERSION = fileURLToPath(
  new URL('../../harness/preload/fake-node-version.cjs', import.meta.url),
);

describe('A Strapi and a Node that the plugin was not tested with', () => {
  let server;
  before(async () => (server = await TestServer.start()));
  after(() => server.dispose());

  const warnings = () => server.log.split('\n').filter((line) => line.includes('not tested'));

  /** Starts again with other versions than there are; what is not named is what it is. */
  async function restart({ strapi = '', node }) {
    const fakeVersion = node && {
      NODE_OPTIONS: `--require "${FAKE_NODE_VERSION}"`,
      TEST_NODE_VERSION: node,
    };
    await server.restart({ NODE_OPTIONS: '', TEST_STRAPI_VERSION: strapi, ...fakeVersion });
  }

  it('are not what it warns of where it was', () => {
    assert.deepEqual(warnings(), []);
  });

  it('are named in one warning, with what it was tested with, and it works all the same', async () => {
    await restart({ strapi: '5.55.1', node: '27.1.0' });
    const [warning, ...others] = warnings();
    assert.deepEqual(others, []);
    assert.match(
      warning,
      /magic-sessionmanager: not tested with Strapi 5\.55\.1 \(but with 5\.0 to 5\.54\), nor with Node 27\.1\.0 \(but with 18, 20, 22, 24, 26\)\. It may well work/,
    );
    assert.match(warning, /warn/);
    assertStatus(await server.users.me((await server.users.signUp()).jwt), 200);
  });

  it('are told apart', async () => {
    await restart({ strapi: '6.0.0' });
    assert.deepEqual(warnings().length, 1);
    assert.match(warnings()[0], /Strapi 6\.0\.0/);
    assert.doesNotMatch(warnings()[0], /Node/);

    await restart({ node: '21.7.3' });
    assert.deepEqual(warnings().length, 1);
    assert.match(warnings()[0], /Node 21\.7\.3/);
    assert.doesNotMatch(warnings()[0], /Strapi [\d.]+/);
  });
});
