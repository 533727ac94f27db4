import { ratio, summed } from '../../../tests/harness/comparison/measure.mjs';
import { cpuMsOf } from './usage.mjs';
import { Load } from './wrk.mjs';

const FIGURES = ['perSecond', 'p99Ms', 'cpuUs'];

/**
 * Loads both servers in turns with the same requests, after so many requests of each to warm up.
 *
 * Returns pairs of what either server did: requests a second, their 99th percentile and their
 * processor time.
 */
export async function loadInTurns(servers, { tokens, path, connections, warmUp }, turns) {
  const loads = { without: new Load(tokens.without), with: new Load(tokens.with) };
  const load = ({ port }, side) =>
    loads[side].run({ port, path, connections, seconds: turns.seconds });
  const send = async (server, side, requests) => {
    for (let sent = 0; sent < requests;) sent += (await load(server, side)).requests;
  };
  const run = async (server, side) => {
    const { process } = server;
    const before = cpuMsOf(process.pid);
    const figures = await load(server, side);
    return {
      perSecond: figures.requests / figures.seconds,
      p99Ms: figures.p99Ms,
      cpuUs: ((cpuMsOf(process.pid) - before) * 1000) / figures.requests,
    };
  };
  try {
    await servers.both((server, side) => send(server, side, warmUp));
    return await servers.inTurns(turns.pairs, run);
  } finally {
    Object.values(loads).forEach((load) => load.dispose());
  }
}

/** Returns for each figure the median of either server and the quartiles of the ratios of the pairs. */
export function summedLoads(pairs) {
  return Object.fromEntries(FIGURES.map((name) => [name, summed(of(pairs, name), ratio)]));
}

/** Takes the first tokens of either server. */
export function firstTokens(tokens, count) {
  return { without: tokens.without.slice(0, count), with: tokens.with.slice(0, count) };
}

function of(pairs, name) {
  return pairs.map((pair) => ({ without: pair.without[name], with: pair.with[name] }));
}
