import * as core from '../core/core.mjs';
import { ServerModules } from './server-modules.mjs';

const modules = new ServerModules();
process.on('exit', () => modules.dispose());
const { createSharedLimiter } = modules.load('services/limits/shared-limiter');
const { createLoginProtection } = modules.load('services/login-protection/login-protection');
const { createNetworkAttempts } = modules.load('services/login-protection/network-attempts');
const { createRepeatedRefusals } = modules.load('services/login-protection/repeated-refusals');
const { createRateLimiter, USER_QUOTA } = modules.load('services/limits/rate-limiter');

export const { createMemoryLimits } = modules.load('stores/memory/memory-limits');

/** The time of day for all instances, which stands still unless a test moves it. */
export const clock = { nowMs: 1_700_000_000_000 };
modules.time.nowMs = () => clock.nowMs;
// Refusals are repeated for a second of it, which these tests leave out.
let readings = 0;
modules.time.monotonicMs = () => performance.now() + (readings += 1) * 2000;

const soon = () => new Promise((resolve) => setImmediate(resolve));
const never = () => new Promise(() => undefined);

/** After so many rounds of the event loop without a command there will be none. */
const CALM_ROUNDS = 10;

/** What stands for Redis: it takes its time, and can be away, hang or be emptied. */
export class SharedStore {
  #memory = createMemoryLimits(1000);
  /** What is called with the news of each change, as by the stream in Redis. */
  hearers = [];
  state = 'there';
  commands = 0;
  #underWay = 0;

  isReady = () => this.state !== 'away';

  read = (keys, nowMs) => this.#answer(() => this.#memory.read(keys, nowMs));

  swap = (changes, nowMs) =>
    this.#answer(async () => {
      const isMade = await this.#memory.swap(changes, nowMs);
      if (isMade) for (const { key, to } of changes) this.#tell({ key, to });
      return isMade;
    });

  #tell(news) {
    setImmediate(() => this.hearers.forEach((hear) => hear(news)));
  }

  async #answer(act) {
    this.commands += 1;
    if (this.state === 'failing') throw new Error('LOADING');
    if (this.state === 'hanging') return never();
    this.#underWay += 1;
    await soon();
    const answer = await act();
    await soon();
    this.#underWay -= 1;
    return answer;
  }

  /** Waits until nobody asks any more and all news are heard. */
  async settled() {
    for (let calm = 0; calm < CALM_ROUNDS; calm = this.#underWay === 0 ? calm + 1 : 0) await soon();
  }

  /** Puts a text under every key that is read from now on. */
  corrupt(text) {
    const read = this.read;
    this.read = async (keys, nowMs) => (await read(keys, nowMs)).map(() => text);
    this.swap = () => this.#answer(() => true);
  }

  empty() {
    this.#memory = createMemoryLimits(1000);
  }
}

/** The limiters of one instance; without a shared store it is alone. */
export class LimitingInstance {
  constructor(shared = null, instances = 1) {
    const [local, replica] = [createMemoryLimits(1000), createMemoryLimits(1000)];
    const limits = createSharedLimiter({ local, replica, shared, instances: () => instances });
    this.hear = ({ key, to }) => replica.put(key, to, clock.nowMs);
    shared?.hearers.push(this.hear);
    this.quotas = createRateLimiter(core, limits, 'user', USER_QUOTA);
    this.core = core.makeCore();
    const networks = createNetworkAttempts(this.core, limits);
    this.protection = createLoginProtection(
      { networks, refusals: createRepeatedRefusals(), isEnabled: () => true },
      () => false,
    );
  }

  /** Makes requests of one user at once and gives how many were allowed. */
  async use(times, userId = 1) {
    const uses = await Promise.all(Array.from({ length: times }, () => this.quotas.use(userId)));
    return uses.filter(({ allowed }) => allowed).length;
  }

  /** Begins a login by a name that no account has. */
  begin(name, ip) {
    return this.protection.begin({ name, client: this.core.clientOf(ip, '') });
  }

  /** Tries a login that comes out as it is told; false if it may not be tried. */
  async logIn(name, ip, outcome) {
    const attempt = await this.begin(name, ip);
    if ('retryAfterMs' in attempt) return false;
    await attempt.end(outcome);
    return true;
  }

  /** Fails at logins one after another until none may be tried; gives how many failed. */
  async failUntilLimited(name, ip, most = 50) {
    let failed = 0;
    while (failed < most && (await this.logIn(name, ip, 'failed'))) failed += 1;
    return failed;
  }
}

/** Makes instances over one shared store. */
export function instancesOver(shared, count) {
  return Array.from({ length: count }, () => new LimitingInstance(shared, count));
}
