import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_KEY, TestServer } from '../../harness/strapi/test-server.mjs';
import { betweenCleanUps, until } from '../../harness/process/until.mjs';

const CORRUPT_MEMORY = fileURLToPath(
  new URL('../../harness/preload/corrupt-memory.cjs', import.meta.url),
);

inBothModes('A core that has failed', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({
      mode,
      env: { NODE_OPTIONS: `--require "${CORRUPT_MEMORY}"`, SESSION_ENCRYPTION_KEY: TEST_KEY },
    });
    await server.admin.register();
  });
  after(() => server.dispose());

  const countOf = (text) => server.log.split(text).length - 1;

  const traps = async () => (await server.admin.status()).json.data.traps;

  /** Overwrites the memory of the core in use. */
  async function corrupt() {
    // A clean-up would take the failure in place of the request.
    await betweenCleanUps();
    const before = countOf('the memory is corrupted');
    server.process.signal('SIGUSR2');
    await until('the memory is corrupted', () => countOf('the memory is corrupted') > before);
  }

  it('refuses the request it failed at, and the next one passes', async () => {
    const { jwt, refreshToken, user } = await server.users.register().then(({ json }) => json);
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assert.equal(await traps(), 0);

    await corrupt();
    const refused = await server.users.me(jwt);
    assert.ok(refused.status >= 400, `${refused.status} ${refused.text}`);
    assert.equal(countOf('the WebAssembly core has failed'), 1);

    assertStatus(await server.users.me(jwt), 200);
    assert.equal(await traps(), 1);
    if (hasRefreshTokens(mode)) assert.ok((await server.users.refresh(refreshToken)).jwt);
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
  });

  it('tells where addresses are again once it is replaced', async () => {
    const { user } = await server.users.register().then(({ json }) => json);
    const networks = async () =>
      (await server.admin.sessionsOf(user.id)).map(({ location }) => location?.network);
    assert.deepEqual(await networks(), ['private']);
    const before = await traps();
    await corrupt();
    // The request fails, or shows no location; the next one finds another core.
    await networks().catch(() => undefined);
    await until('the core is replaced', async () => (await traps()) > before);
    assert.equal(await traps(), before + 1);
    await until('the pause after a failure', async () => (await networks())[0] === 'private');
    assert.equal(await traps(), before + 1);
  });

  it('hands out no token at the login it failed at, and the next one passes', async () => {
    const { username } = await server.users.register().then(({ json }) => json.user);
    const before = await traps();

    await corrupt();
    const refused = await server.users.tryLogin(username);
    assert.ok(refused.status >= 400, `${refused.status} ${refused.text}`);
    assert.equal(refused.json?.jwt, undefined);
    assert.equal(refused.headers['set-cookie'], undefined);
    assert.equal(await traps(), before + 1);

    const { jwt } = await server.users.login(username);
    assertStatus(await server.users.me(jwt), 200);
  });
});
