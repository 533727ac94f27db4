import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf } from '../../harness/clients/jwt.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

inBothModes('A token that another plugin issues', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('is a session like any other', async () => {
    const { user } = await server.users.signUp();
    const answer = await server.request('POST', `/api/issuer/${user.id}`);
    assertStatus(answer, 200);
    const { jwt } = answer.json;
    assertStatus(await server.users.me(jwt), 200);

    const [session, first, ...others] = await server.admin.sessionsOf(user.id);
    assert.equal(others.length, 0);
    assert.notEqual(session.id, first.id);
    assertStatus(await server.admin.terminate(session.id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
  });

  // In refresh mode Strapi itself drops them.
  if (mode === 'legacy-support') {
    it('keeps the claims that the other plugin gave it', async () => {
      const { user } = await server.users.signUp();
      const { jwt } = (await server.request('POST', `/api/issuer/${user.id}`)).json;
      const { context, sid } = payloadOf(jwt);
      assert.equal(context, 'issuer');
      const [session] = await server.admin.sessionsOf(user.id);
      assert.equal(sid, session.id);
    });
  }
});
