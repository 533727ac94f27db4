import * as core from '../core/core.mjs';
import { ServerModules } from './server-modules.mjs';

const modules = new ServerModules();
process.on('exit', () => modules.dispose());
const load = (name) => modules.load(`services/${name}`);
const { createSharedLimiter } = load('limits/shared-limiter');
const { createAccountAttempts } = load('login-protection/account-attempts');
const { createLoginProtection } = load('login-protection/login-protection');
const { createNetworkAttempts } = load('login-protection/network-attempts');
const { createRepeatedRefusals } = load('login-protection/repeated-refusals');
const { createMemoryLimits } = modules.load('stores/memory/memory-limits');

const NOW = 1_700_000_000_000;
modules.time.nowMs = () => NOW;

const ADDRESS = '203.0.113.7';
const PLACE = 'n1';
const USER_ID = 1;

/** The most rounds of the event loop that a statement, or the comparison of a password, takes. */
const MOST_ROUNDS = 6;

/** One account on one instance; how long each step takes follows from the seed. */
export class ProtectedAccount {
  #random;
  #version = 0;
  #record = null;
  #known;
  #isBroken = false;

  constructor({ isKnown, seed }) {
    this.#random = seed;
    this.#known = isKnown ? [{ place: PLACE, lastLoginAtMs: NOW }] : [];
    const own = core.makeCore();
    const [local, replica] = [this.#slow(createMemoryLimits(1000)), createMemoryLimits(1000)];
    const limits = createSharedLimiter({ local, replica, shared: null, instances: () => 1 });
    const store = { read: () => this.#read(), write: (...row) => this.#write(...row) };
    this.parts = {
      accounts: createAccountAttempts(
        own,
        core,
        store,
        () => false,
        () => undefined,
      ),
      networks: createNetworkAttempts(own, limits),
      refusals: createRepeatedRefusals(),
      isEnabled: () => true,
    };
    this.protection = createLoginProtection(this.parts, () => false);
    this.client = own.clientOf(ADDRESS, '');
  }

  /** Logs in with the outcome that it is told; returns false if that may not be tried. */
  async logIn(outcome) {
    return (await this.tryLogin(outcome)) === null;
  }

  /** Logs in likewise; returns the refusal, `null` if it may be tried. */
  async tryLogin(outcome) {
    const places = [PLACE];
    const attempt = { userId: USER_ID, sessionId: null, places, client: this.client };
    const begun = await this.protection.begin(attempt);
    if ('locks' in begun) return begun;
    await this.#pause();
    await begun.end(outcome);
    return null;
  }

  /** Begins a login whose outcome the database does not take. */
  async failToEnd(outcome) {
    const attempt = { userId: USER_ID, sessionId: null, places: [PLACE], client: this.client };
    const begun = await this.protection.begin(attempt);
    this.#isBroken = true;
    await begun.end(outcome).catch(() => undefined);
    this.#isBroken = false;
  }

  /** Tells whether an attempt from the address, or at the account, counts as under way. */
  isUnderWay() {
    const { accounts, networks } = this.parts;
    const origins = ['unknown', `known:${PLACE}`];
    const isAtAccount = origins.some((origin) => accounts.isUnderWay(accounts.keyOf(1, origin)));
    return isAtAccount || networks.isUnderWay(networks.keysOf(this.client, null));
  }

  async #pause() {
    // The generator of Park and Miller.
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    const rounds = this.#random % MOST_ROUNDS;
    for (let round = 0; round < rounds; round += 1)
      await new Promise((resolve) => setImmediate(resolve));
  }

  #slow(limits) {
    const slow =
      (method) =>
      async (...given) => {
        await this.#pause();
        return await limits[method](...given);
      };
    return { ...limits, read: slow('read'), swap: slow('swap') };
  }

  async #read() {
    await this.#pause();
    const [version, record, known] = [this.#version, this.#record, this.#known];
    return { version, record, known, newestRevocation: 0, isBlocked: false };
  }

  async #write(_userId, version, { record }) {
    await this.#pause();
    if (this.#isBroken) throw new Error('the database does not answer');
    if (version !== this.#version) return false;
    this.#version += 1;
    this.#record = record;
    return true;
  }
}
