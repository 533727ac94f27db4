import { added, summed } from '../../../tests/harness/comparison/measure.mjs';

/** Measures logins with a password, one at a time and in turns on both servers, in milliseconds. */
export async function compareLogins(servers, count) {
  const names = await servers.each(async (server) => (await server.users.register()).username);
  return compareTimes(servers, count, (server, side) => server.users.login(names[side]));
}

/** Measures the exchange of one refresh token after the other likewise. */
export async function compareRefreshes(servers, count) {
  const tokens = await servers.each(async (server) => (await server.users.signUp()).refreshToken);
  return compareTimes(servers, count, async (server, side) => {
    tokens[side] = (await server.users.refresh(tokens[side])).refreshToken;
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
