import { added, summed } from '../../../tests/harness/comparison/measure.mjs';
import { Load } from './wrk.mjs';

const MIB = 1024 * 1024;
const LOAD = { path: '/api/users/me', connections: 10, seconds: 10 };

/** Compares the heaps of both servers, in MiB after a collection. */
export async function compareHeaps(servers) {
  return summed([await servers.each(heapMib)], added);
}

/**
 * Sends a server many requests in so many steps, and returns for each step how many it had been sent
 * by then and its heap in MiB.
 */
export async function heapsDuring(server, { tokens, requests, steps, say }) {
  const load = new Load(tokens);
  try {
    const heaps = [];
    let sent = await warmUp(server, load, tokens.length);
    for (let step = 0; step <= steps; step += 1) {
      while (sent < (step * requests) / steps) sent += await sendSome(server, load);
      heaps.push({ sent, mib: await heapMib(server) });
      say(heaps.at(-1));
    }
    return heaps;
  } finally {
    load.dispose();
  }
}

/** Uses every token at least once, and returns how many requests that took. */
async function warmUp(server, load, tokens) {
  let sent = 0;
  while (sent < tokens) sent += await sendSome(server, load);
  return sent;
}

async function sendSome({ port }, load) {
  return (await load.run({ ...LOAD, port })).requests;
}

/** The heap of a server in MiB after a collection. */
async function heapMib(server) {
  const { json } = await server.request('GET', '/api/observer/memory');
  return (json.heapUsed + json.external) / MIB;
}
