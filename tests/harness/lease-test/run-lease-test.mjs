import { pause } from '../process/until.mjs';
import { History } from './history.mjs';
import { FaultCluster } from './fault-cluster.mjs';
import { WorkloadUser } from './workload-user.mjs';

/** The name of the time before the first fault. */
export const NO_FAULT = 'no fault';

/**
 * Lets users be busy on a cluster in a JWT mode, on the database of a client, and have their sessions ended while one fault follows
 * another, all of them again and again until so many terminations were acknowledged; gives the
 * history.
 *
 * `isShort` makes the faults short; `restMs` is how long the cluster has between two of them.
 */
export async function runLeaseTest({
  mode,
  client,
  faults,
  leaseMs,
  userCount,
  terminations,
  isShort,
  restMs,
  say,
}) {
  const cluster = await FaultCluster.start(mode, client);
  const users = [];
  try {
    const accounts = await cluster.signUp(userCount);
    const history = new History();
    history.begin(NO_FAULT);
    for (const account of accounts)
      users.push(new WorkloadUser(account, { cluster, history, leaseMs }));
    await pause(2 * restMs);
    do {
      for (const { name, inject, lastsMs, shortMs } of faults) {
        say(`${name} (${history.acknowledgements.length} terminations so far)`);
        history.begin(name);
        await inject(cluster, isShort ? shortMs : lastsMs);
        await pause(restMs);
        const { failure } = users.find((user) => user.failure) ?? {};
        if (failure) throw failure;
      }
    } while (history.acknowledgements.length < terminations);
    await Promise.all(users.map((user) => user.stop()));
    return history;
  } finally {
    for (const user of users) user.abandon();
    await cluster.dispose();
  }
}
