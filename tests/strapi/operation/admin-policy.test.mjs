import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const WASM = "'wasm-unsafe-eval'";

/** Splits a policy into its directives by name. */
function directives(policy) {
  return Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

describe('The content security policy', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
  });
  after(() => server.dispose());

  const policyOf = async (path) =>
    directives((await server.request('GET', path)).headers['content-security-policy']);

  it('lets the pages of the admin compile WebAssembly, and nothing more than before', async () => {
    const elsewhere = await policyOf('/api/articles');
    for (const path of ['/admin', '/admin/', '/admin/settings/magic-sessionmanager']) {
      const { 'script-src': scripts, ...others } = await policyOf(path);
      const { 'script-src': before, ...same } = elsewhere;
      assert.deepEqual(scripts, [...before, WASM], path);
      assert.deepEqual(others, same, path);
    }
  });

  it('stays as it was everywhere else', async () => {
    for (const path of ['/', '/api/articles', '/administrator', '/adminx/']) {
      assert.equal(JSON.stringify(await policyOf(path)).includes(WASM), false, path);
    }
  });
});
