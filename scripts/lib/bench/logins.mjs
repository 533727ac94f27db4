import { added, summed } from './measure.mjs';

/** Measures logins with a password, one at a time and in turns on both servers, in milliseconds. */
export async function compareLogins(contestants, count) {
  const names = await contestants.each(async (server) => (await server.users.register()).username);
  const pairs = await contestants.inTurns(count, async (server, side) => {
    const start = performance.now();
    await server.users.login(names[side]);
    return performance.now() - start;
  });
  return summed(pairs, added);
}
