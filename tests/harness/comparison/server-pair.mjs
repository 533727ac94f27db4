import { AS_IN_PRODUCTION, TestServer } from '../strapi/test-server.mjs';

const AT_ONCE = 8;
const USERS = 20;

/** One app twice, each on a database of its own: a Strapi without the plugin, and one with it. */
export class ServerPair {
  constructor(without, withPlugin) {
    this.without = without;
    this.with = withPlugin;
  }

  /**
   * Starts both in a JWT mode and ends them after the work. `env` adds variables to both, `withEnv`
   * to the one with the plugin. `start` is for other servers than those that are measured.
   */
  static async during({ mode, env = {}, withEnv = {}, start = startMeasured }, work) {
    const startOne = (own) => start({ mode, env: { QUIET_EVENTS: 'true', ...env, ...own } });
    const without = await startOne({ MAGIC_ENABLED: 'false' });
    const withPlugin = await startOne(withEnv);
    const servers = new ServerPair(without, withPlugin);
    try {
      return await work(servers);
    } finally {
      await servers.each((server) => server.dispose());
    }
  }

  /** Stops both and starts them again on the databases they have; the one named first starts first. */
  async restart(sides) {
    await this.each((server) => server.stop());
    for (const side of sides) await this[side].boot();
  }

  /** Does the same on both, one after the other, and returns both results. */
  async each(work) {
    return { without: await work(this.without, 'without'), with: await work(this.with, 'with') };
  }

  /** Does the same on both at the same time, where nothing is measured, and returns both results. */
  async both(work) {
    const sides = [work(this.without, 'without'), work(this.with, 'with')];
    const [without, withPlugin] = await Promise.all(sides);
    return { without, with: withPlugin };
  }

  /** Does the same on both in turns, so many times, and returns the pairs of results. */
  async inTurns(times, work) {
    const pairs = [];
    while (pairs.length < times) {
      const pair = {};
      for (const side of sidesOfTurn(pairs.length)) pair[side] = await work(this[side], side);
      pairs.push(pair);
    }
    return pairs;
  }
}

/** Passwords and the process are as in production, for durations that mean something. */
function startMeasured({ mode, env }) {
  return TestServer.start({ mode, env: { ...AS_IN_PRODUCTION, ...env } });
}

/** The order alternates from turn to turn, so that neither has an advantage. */
export function sidesOfTurn(turn) {
  return turn % 2 ? ['without', 'with'] : ['with', 'without'];
}

/** Issues tokens to some users of a server, as other plugins do: without the cost of a password. */
export async function issueTokens(server, count) {
  const users = [];
  while (users.length < Math.min(USERS, count)) users.push((await server.users.signUp()).user.id);
  const tokens = [];
  let begun = 0;
  const issue = async () => {
    while (begun < count) {
      const id = users[(begun += 1) % users.length];
      const { json } = await server.request('POST', `/api/issuer/${id}`);
      tokens.push(json.jwt);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, issue));
  return tokens;
}
