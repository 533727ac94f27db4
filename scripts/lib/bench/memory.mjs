import { added, summed } from './measure.mjs';
import { Load } from './wrk.mjs';

const MIB = 1024 * 1024;

/** Compares the heaps of both servers, in MiB after a collection. */
export async function compareHeaps(contestants) {
  return summed([await contestants.each(heapOf)], added);
}

/** Sends a server so many requests, and gives its heap before and after them in MiB. */
export async function heapGrowth(server, tokens, requests) {
  const before = await heapOf(server);
  const sent = await send(server, tokens, requests);
  return { before, after: await heapOf(server), sent };
}

async function heapOf(server) {
  const { json } = await server.request('GET', '/api/observer/memory');
  return (json.heapUsed + json.external) / MIB;
}

async function send(server, tokens, requests) {
  const load = new Load(tokens);
  try {
    let sent = 0;
    while (sent < requests) {
      const target = { port: server.port, path: '/api/users/me' };
      sent += (await load.run({ ...target, connections: 10, seconds: 10 })).requests;
    }
    return sent;
  } finally {
    load.dispose();
  }
}
