import { pause } from '../process/until.mjs';
import { History } from './history.mjs';
import { ProofCluster } from './fault-cluster.mjs';
import { ProofUser } from './workload-user.mjs';

/** The name of the time before the first fault. */
export const CALM = 'no fault';

/**
 * Lets users be busy on a cluster in a JWT mode and have their sessions ended while one fault follows
 * another, all of them again and again until so many terminations were acknowledged; gives the
 * history.
 *
 * `isShort` makes the faults short; `restMs` is how long the cluster has between two of them.
 */
export async function proveLease({
  mode,
  faults,
  leaseMs,
  userCount,
  terminations,
  isShort,
  restMs,
  say,
}) {
  const cluster = await ProofCluster.start(mode);
  try {
    const userIds = await cluster.signUp(userCount);
    const history = new History();
    history.begin(CALM);
    const users = userIds.map((id) => new ProofUser(id, { cluster, history, leaseMs }));
    await pause(2 * restMs);
    do {
      for (const { name, strike, lastsMs, shortMs } of faults) {
        say(`${name} (${history.acknowledgements.length} terminations so far)`);
        history.begin(name);
        await strike(cluster, isShort ? shortMs : lastsMs);
        await pause(restMs);
        const { failure } = users.find((user) => user.failure) ?? {};
        if (failure) throw failure;
      }
    } while (history.acknowledgements.length < terminations);
    await Promise.all(users.map((user) => user.stop()));
    return history;
  } finally {
    await cluster.dispose();
  }
}
