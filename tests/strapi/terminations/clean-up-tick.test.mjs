import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const IDLE_MS = 3000;
const TWO_MINUTES_AND_A_BIT_MS = 135_000;

describe('A server that nobody asks to clean up', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ config: { inactivityTimeout: IDLE_MS } });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('marks idle sessions inactive within a minute', async () => {
    const { user } = await server.users.signUp();
    const stateIs = (state) => async () =>
      (await server.admin.sessionsOf(user.id))[0].state === state;
    await until('it is marked', stateIs('inactive'), TWO_MINUTES_AND_A_BIT_MS);
    assert.doesNotMatch(server.log, /the clean-up failed/);
  });
});
