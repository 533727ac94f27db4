import { added, summed } from '../../../tests/harness/comparison/measure.mjs';

/** Measures logins with a password, one at a time and in turns on both servers, in milliseconds. */
export async function compareLogins(contestants, count) {
  const names = await contestants.each(async (server) => (await server.users.register()).username);
  return compareTimes(contestants, count, (server, side) => server.users.login(names[side]));
}

/** Measures the exchange of one refresh token after the other likewise. */
export async function compareRefreshes(contestants, count) {
  const tokens = await contestants.each(
    async (server) => (await server.users.signUp()).refreshToken,
  );
  return compareTimes(contestants, count, async (server, side) => {
    tokens[side] = (await server.users.refresh(tokens[side])).refreshToken;
  });
}

async function compareTimes(contestants, count, work) {
  const pairs = await contestants.inTurns(count, async (server, side) => {
    const start = performance.now();
    await work(server, side);
    return performance.now() - start;
  });
  return summed(pairs, added);
}
