import { added, summed } from '../../../tests/harness/comparison/measure.mjs';

const POLL_MS = 5;

/**
 * Restarts both servers in turns on the databases they have, and measures how long each takes from
 * the start of its process until it answers, in milliseconds.
 */
export async function compareBoots(servers, count) {
  const pairs = await servers.inTurns(count, async (server) => {
    await server.stop();
    const start = performance.now();
    await (await server.launch()).ready(POLL_MS);
    return performance.now() - start;
  });
  return summed(pairs, added);
}
