import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { until } from '../../harness/process/until.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

/** The entries that the journal takes at once, and the further ones of each second. */
const AT_ONCE = 600;
const PER_SECOND = 10;
const FAILURES = 1000;
const PARALLEL = 20;

const COUNT = "select count(*) as n from magic_sessionmanager_journal where what = 'login.failed'";
const DETAILS = `select details from magic_sessionmanager_journal where what = 'login.failed' and details is not null`;

describe('The journal under an attack from a thousand networks', () => {
  it('takes 600 failed logins a minute, and counts those that it leaves out', async () => {
    const server = await TestServer.start({ env: { TRUST_PROXY: 'true' } });
    try {
      await server.admin.register();
      const guess = async (number) =>
        assertStatus(
          await server.users.tryLogin(`nobody${number}`, {
            headers: { 'x-forwarded-for': `10.${number >> 8}.${number & 0xff}.7` },
          }),
          400,
        );
      const entries = () => Number(server.database.rows(COUNT)[0].n);
      const omitted = () =>
        server.database
          .rows(DETAILS)
          .reduce((sum, { details }) => sum + Number(JSON.parse(details).omitted), 0);
      const began = Date.now();
      for (let sent = 0; sent < FAILURES; sent += PARALLEL)
        await Promise.all(Array.from({ length: PARALLEL }, (_, index) => guess(sent + index)));
      await until('the entries are written', () => entries() >= AT_ONCE);
      const seconds = (Date.now() - began) / 1000;
      const first = entries();
      assert.ok(first <= AT_ONCE + PER_SECOND * seconds + 1, `${first} in ${seconds} s`);

      let sent = FAILURES;
      const told = () => entries() + omitted();
      await until('an entry tells of those that were left out', async () => {
        await guess((sent += 1));
        // An entry is written half a second after its login.
        return await until('all are told of', () => told() === sent, 3000).catch(() => false);
      });
      assert.ok(omitted() > 0);
    } finally {
      await server.dispose();
    }
  });
});
