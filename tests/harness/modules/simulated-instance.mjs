import { ServerModules } from './server-modules.mjs';

const modules = new ServerModules();
process.on('exit', () => modules.dispose());
const { createTerminationFeed } = modules.load('services/instances/termination-feed');
const { createRemoteTerminations } = modules.load('services/instances/remote-terminations');
const { createAnnouncedTerminations } = modules.load('stores/memory/announced-terminations');
const { createKnownRevocations } = modules.load('stores/memory/known-revocations');
const { createSessionLookup } = modules.load('services/sessions/session-lookup');
const { createNotBeforeCache } = modules.load('stores/memory/not-before-cache');
const { createSessionCache } = modules.load('stores/memory/session-cache');

const STEP_MS = 10;

const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;

/** Time that passes only as fast as its events are done, in milliseconds. */
export class SimulatedTime {
  nowMs = 1_000_000;
  #events = [];
  #order = 0;
  /** Until when the instance is held: nothing happens in it before. */
  heldUntilMs = 0;

  /** Makes the timers and clocks of the server's modules follow this time; undone by `release`. */
  takeOver(skewMs = 0) {
    modules.time.monotonicMs = () => this.nowMs;
    modules.time.nowMs = () => this.nowMs + skewMs;
    globalThis.setTimeout = (act, ms) => {
      const event = this.at(this.nowMs + ms, act, { inside: true });
      event.unref = () => event;
      return event;
    };
    globalThis.clearTimeout = (event) => {
      if (event) event.act = () => undefined;
    };
  }

  release() {
    globalThis.setTimeout = realSetTimeout;
    globalThis.clearTimeout = realClearTimeout;
  }

  /** Plans what happens at an instant; `inside` the instance it waits while that is held. */
  at(atMs, act, { inside = false } = {}) {
    const event = { atMs, act, inside, order: (this.#order += 1) };
    this.#events.push(event);
    return event;
  }

  /** Resolves at an instant. */
  until(atMs, options) {
    return new Promise((resolve) => this.at(atMs, resolve, options));
  }

  /** Lets time pass up to an instant. */
  async run(endMs) {
    for (;;) {
      await settle();
      const due = (event) => (event.inside ? Math.max(event.atMs, this.heldUntilMs) : event.atMs);
      this.#events.sort((one, other) => due(one) - due(other) || one.order - other.order);
      const next = this.#events[0];
      if (!next || due(next) > endMs) break;
      this.#events.shift();
      this.nowMs = Math.max(this.nowMs, due(next));
      next.act();
    }
    this.nowMs = endMs;
  }

  /** Lets time pass until something is done, and gives its result. */
  async finish(work) {
    let done = false;
    const settled = () => (done = true);
    work.then(settled, settled);
    await settle();
    while (!done) await this.run(this.nowMs + STEP_MS);
    return work;
  }
}

/** Lets everything happen that waits for no time. */
async function settle() {
  await new Promise((resolve) => setImmediate(resolve));
}

/** A database of sessions whose answers take time, with one instance before it. */
export class SimulatedInstance {
  rows = new Map();
  instants = [];
  rowReads = 0;
  revocations = 0;
  /** The events that the instance emitted for terminations of others, in order. */
  events = [];
  reports = [];
  /** How long an answer takes, and what it shows: the state at some moment in between. */
  latencyMs = () => 1;
  isAway = () => false;

  /** The instance remembers `remembered` announced terminations beyond those of its window. */
  constructor(time, capacity = 1000, remembered = 1000) {
    this.time = time;
    this.cache = createSessionCache(capacity);
    const notBeforeCache = createNotBeforeCache();
    const notBefores = {
      findForUser: (userId) =>
        this.#answer(() =>
          this.instants.filter((one) => [0, userId].includes(one.userId)).map(copyOf),
        ),
      writtenSince: (fromMs, afterUserId) =>
        this.#answer(() =>
          this.instants
            .filter((one) => one.writtenAtMs >= fromMs && one.userId > afterUserId)
            .map(copyOf),
        ),
      newestRevocation: () => this.#answer(() => this.revocations),
    };
    const store = {
      find: (sessionId) => {
        this.rowReads += 1;
        return this.#answer(() => copyOf(this.rows.get(sessionId)));
      },
    };
    const feedStore = {
      terminations: (fromMs, after) => this.#answer(() => this.#terminations(fromMs, after)),
      confirmations: (ids) =>
        this.#answer(() => ids.flatMap((id) => copyOf(this.rows.get(id)) ?? [])),
    };
    this.announced = createAnnouncedTerminations(remembered);
    this.known = createKnownRevocations();
    this.remote = createRemoteTerminations({
      store: feedStore,
      notBefores,
      announced: this.announced,
      known: this.known,
      emit: (name, facts) => this.events.push({ name, ...facts }),
    });
    this.feed = createTerminationFeed({
      store: feedStore,
      notBefores,
      cache: this.cache,
      notBeforeCache,
      remote: this.remote,
      report: (error) => this.reports.push(error),
    });
    const { cache, feed } = this;
    this.lookup = createSessionLookup({
      store,
      notBefores,
      cache,
      notBeforeCache,
      feed,
      afterCommit: async (act) => act(),
      isInTransaction: () => false,
      inactivityTimeoutMs: () => this.inactivityTimeoutMs,
    });
  }

  inactivityTimeoutMs = 15 * 60_000;

  /** Adds a session that goes on. */
  begin(sessionId) {
    this.rows.set(sessionId, {
      sessionId,
      userId: 1,
      state: 'active',
      reason: null,
      loggedInAtMs: 1,
      lastSeenAtMs: 1,
      terminatedAtMs: null,
      isOwn: false,
    });
  }

  /**
   * Commits the end of a session with the instant that its writer's clock showed; `isOwn` if this
   * instance wrote it.
   */
  end(sessionId, terminatedAtMs, isOwn = false) {
    Object.assign(this.rows.get(sessionId), {
      state: 'terminated',
      reason: 'admin',
      terminatedAtMs,
      isOwn,
    });
  }

  /** Commits what another instance, or this one, writes about all sessions of a user. */
  revoke(userId, { atMs, isRevocation = true, reason = 'admin', writtenAtMs = this.time.nowMs }) {
    const row = this.instants.find((one) => one.userId === userId) ?? {
      userId,
      atMs: 0,
      reason,
      revocation: 0,
      revocationReason: reason,
    };
    if (isRevocation)
      Object.assign(row, { revocation: (this.revocations += 1), revocationReason: reason });
    if (atMs > row.atMs) Object.assign(row, { atMs, reason });
    row.writtenAtMs = writtenAtMs;
    if (!this.instants.includes(row)) this.instants.push(row);
    this.instants.sort((one, other) => one.userId - other.userId);
    return row;
  }

  /** Asks as a request does; false if the session has ended or the answer fails. */
  async accepts(sessionId) {
    const session = await this.lookup.find(sessionId).catch(() => null);
    return session !== null && session.state !== 'terminated';
  }

  async #answer(read) {
    const latencyMs = this.latencyMs();
    await this.time.until(this.time.nowMs + latencyMs / 2);
    if (this.isAway()) throw new Error('the database is away');
    const answer = read();
    await this.time.until(this.time.nowMs + latencyMs / 2, { inside: true });
    return answer;
  }

  #terminations(fromMs, after) {
    return [...this.rows.values()]
      .filter(({ terminatedAtMs }) => terminatedAtMs !== null && terminatedAtMs >= fromMs)
      .sort(byEnd)
      .filter((row) => !after || byEnd(row, after) > 0)
      .slice(0, 1000)
      .map(copyOf);
  }
}

function byEnd(one, other) {
  return (
    one.terminatedAtMs - other.terminatedAtMs ||
    (one.sessionId < other.sessionId ? -1 : +(one.sessionId > other.sessionId))
  );
}

function copyOf(row) {
  return row && { ...row };
}

/** A source of chance that gives the same numbers for the same seed: mulberry32. */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
