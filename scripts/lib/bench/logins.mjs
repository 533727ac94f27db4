import { added, summed } from '../../../tests/harness/comparison/measure.mjs';

/** Measures logins with a password, one at a time and in turns on both servers, in milliseconds. */
export async function compareLogins(servers, count) {
  const names = await servers.each(async (server) => (await server.users.register()).username);
  return compareTimes(servers, count, (server, side) => server.users.login(names[side]));
}

/** How often a session exchanges its refresh token; the plugin refuses a session that does it too often. */
const EXCHANGES_OF_A_SESSION = 10;

/** Measures the exchange of one refresh token after the other likewise. */
export async function compareRefreshes(servers, count) {
  const sessions = Math.ceil(count / EXCHANGES_OF_A_SESSION);
  const waiting = await servers.each(async (server) => {
    const tokens = [];
    while (tokens.length < sessions) tokens.push((await server.users.signUp()).refreshToken);
    return tokens;
  });
  return compareTimes(servers, count, async (server, side) => {
    const pair = await server.users.refresh(waiting[side].shift());
    waiting[side].push(pair.refreshToken);
  });
}

async function compareTimes(servers, count, work) {
  const pairs = await servers.inTurns(count, async (server, side) => {
    const start = performance.now();
    await work(server, side);
    return performance.now() - start;
  });
  return summed(pairs, added);
}
