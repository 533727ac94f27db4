import assert from 'node:assert/strict';
import { assertStatus } from '../clients/assertions.mjs';

/** Lets the test app write to what one request knows of who asks, and expects a request that begins afresh. */
export async function assertChangesItsOwnState(server, jwt, { username }) {
  const answer = await server.request('GET', '/api/credential/change', { bearer: jwt });
  assertStatus(answer, 200);
  assert.deepEqual(answer.json, {
    before: { username, role: 'Authenticated', can: false },
    after: { can: true, cannot: false },
    find: { can: false },
    isSame: true,
  });
}
