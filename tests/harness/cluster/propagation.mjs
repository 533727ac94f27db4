import assert from 'node:assert/strict';
import { assertRefused } from '../clients/assertions.mjs';
import { Traffic } from './traffic.mjs';
import { until } from '../process/until.mjs';

const LEASE_MS = 2000;

/** Half of this is what the database feed alone takes on average. */
const FEED_PERIOD_MS = 1000;

/** Ends a session on A while it is busy on B; gives how long B went on to accept it. */
export async function propagationMs(cluster) {
  const [a, b] = cluster.instances;
  const { jwt, user } = await cluster.signUp();
  const [{ id }] = await a.admin.sessionsOf(user.id);
  return Traffic.during(b, jwt, async (traffic) => {
    const acknowledgedAt = await cluster.terminate(id);
    await until('B refuses the session', () => traffic.refusal);
    assertRefused(traffic.refusal.answer, 'admin');
    const accepted = traffic.acceptedAfter(acknowledgedAt);
    return Math.max(0, ...accepted.map(({ sentAt }) => sentAt - acknowledgedAt));
  });
}

/** Terminates so many sessions, and expects B to refuse half of them far sooner than by the database alone. */
export async function assertPushed(cluster, terminations) {
  const times = [];
  while (times.length < terminations) times.push(await propagationMs(cluster));
  assert.ok(Math.max(...times) <= LEASE_MS, `${Math.max(...times)} ms`);
  const median = times.sort((one, other) => one - other)[Math.floor(terminations / 2)];
  assert.ok(median < FEED_PERIOD_MS / 5, `half of them took ${median} ms or more`);
}
