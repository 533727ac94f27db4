import { readFileSync } from 'node:fs';
import { added, summed } from './measure.mjs';
import { Load } from './wrk.mjs';

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const MS_PER_TICK = 10;

const MIB = 1024 * 1024;

/** Gives the processor time that a process has used so far, in milliseconds. Linux only. */
export function cpuMsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = fields.slice(11, 13).map(Number);
  return (userTicks + systemTicks) * MS_PER_TICK;
}

/** Compares the heaps of both servers, in MiB after a collection, before and after so many requests. */
export async function compareMemory(contestants, tokens, requests) {
  const before = await heaps(contestants);
  await contestants.inTurns(1, (server, side) => send(server, tokens[side], requests));
  return { before, after: await heaps(contestants) };
}

async function heaps(contestants) {
  const pair = await contestants.each(async (server) => {
    const { json } = await server.request('GET', '/api/observer/memory');
    return (json.heapUsed + json.external) / MIB;
  });
  return summed([pair], added);
}

async function send(server, tokens, requests) {
  const load = new Load(tokens);
  try {
    let sent = 0;
    while (sent < requests) {
      const target = { port: server.port, path: '/api/users/me' };
      sent += (await load.run({ ...target, connections: 10, seconds: 10 })).requests;
    }
  } finally {
    load.dispose();
  }
}
