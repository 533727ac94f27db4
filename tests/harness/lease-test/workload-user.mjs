import { payloadOf } from '../clients/jwt.mjs';
import { PASSWORD } from '../clients/users.mjs';
import { hasRefreshTokens } from '../strapi/modes.mjs';
import { pause, until } from '../process/until.mjs';

/** How long a session lives, at least and at most. */
const LIFE_MS = [500, 5000];

/** How long each instance is left in peace between two requests of a session, before its end and after. */
const ALIVE_PAUSE_MS = 500;
const ENDED_PAUSE_MS = 100;

/** Which part of the requests are refreshes, before the end of a session and after. */
const ALIVE_REFRESHES = 0.2;
const ENDED_REFRESHES = 0.5;

/** Which part of the sessions end because their user is blocked, and unblocked at once. */
const BLOCKS = 0.2;

/** Which part of them end because the password is changed while logins with the old one are under way. */
const PASSWORD_CHANGES = 0.2;

/** How many logins are under way at a time while the password is changed, and how many in all. */
const LOGINS_AT_ONCE = 3;
const MOST_LOGINS = 30;

/** For how long after the lease a terminated session is still tried. */
const AFTER_LEASE_MS = 500;

/** Only a cluster that answers nothing any more takes longer. */
const DEADLINE_MS = 180_000;

/**
 * A user who has one session after another. Each is busy on all instances; it is terminated on any of
 * them, and is still tried on all until the lease has passed.
 */
export class WorkloadUser {
  #cluster;
  #history;
  #leaseMs;
  #userId;
  #username;
  #password = PASSWORD;
  #changes = 0;
  #ended = [];
  #endings = new Set();
  #stop;
  #stopped = new Promise((resolve) => (this.#stop = resolve));
  #going = true;
  #isAbandoned = false;
  #done;
  /** The first error that no fault explains, or null. */
  failure = null;

  /** `account` is a user of the cluster, whose password is that of every user of the tests. */
  constructor({ id, username }, { cluster, history, leaseMs }) {
    this.#userId = id;
    this.#username = username;
    this.#cluster = cluster;
    this.#history = history;
    this.#leaseMs = leaseMs;
    this.#done = this.#run();
    this.#done.catch((error) => (this.failure = error));
  }

  /** Ends the session there is, and resolves when no request is under way any more. */
  async stop() {
    this.#going = false;
    this.#stop();
    await this.#done;
  }

  /** Sends nothing any more, whatever is still open. */
  abandon() {
    this.#isAbandoned = true;
    this.#going = false;
    this.#stop();
  }

  async #run() {
    while (this.#going) await this.#live();
    await Promise.all(this.#endings);
  }

  async #live() {
    const session = await this.#logIn();
    const busy = this.#cluster.instances.map((_, place) => this.#keepBusy(place, session));
    const [shortest, longest] = LIFE_MS;
    const lifeMs = shortest + Math.random() * (longest - shortest);
    await Promise.race([pause(lifeMs), this.#stopped]);
    session.endedAtMs = await this.#terminate(session.sessionId);
    await this.#tryAnOldOne();
    this.#ended.push(session);
    const ending = Promise.all(busy).finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  /** Gets tokens from whichever instance gives some, without the cost of a password. */
  async #logIn() {
    const way = hasRefreshTokens(this.#cluster.mode) ? 'pair' : 'awaited';
    const login = async () => {
      const { server } = this.#cluster.any();
      const path = `/api/issuer/${this.#userId}/${way}`;
      const answer = await server.request('POST', path).catch(() => null);
      return answer?.status === 200 && answer.json;
    };
    return sessionOf(await this.#until('an instance issues a token', login));
  }

  #terminate(sessionId) {
    const chance = Math.random();
    if (chance < BLOCKS) return this.#block(sessionId);
    if (chance < BLOCKS + PASSWORD_CHANGES) return this.#changePassword(sessionId);
    return this.#terminateOne(sessionId);
  }

  /** Ends all sessions of the user, which is this one; code of the app does it, past the plugin. */
  async #block(sessionId) {
    await this.#write('query', { blocked: true });
    const endedAtMs = this.#history.acknowledge(sessionId);
    await this.#write('query', { blocked: false });
    return endedAtMs;
  }

  /** Changes the password on one instance while all of them are asked to log in with the old one. */
  async #changePassword(sessionId) {
    const logins = [];
    let isChanged = false;
    const goesOn = () => !isChanged && !this.#isAbandoned;
    const logInUntilChanged = async () => {
      while (goesOn() && logins.length < MOST_LOGINS)
        logins.push(...(await this.#logInByPassword()));
    };
    const loops = Array.from({ length: LOGINS_AT_ONCE }, logInUntilChanged);
    const password = `${PASSWORD}-${(this.#changes += 1)}`;
    await this.#write('service', { password });
    const endedAtMs = this.#history.acknowledge(sessionId);
    isChanged = true;
    await Promise.all(loops);
    for (const session of logins) session.endedAtMs = this.#history.acknowledge(session.sessionId);
    this.#password = password;
    this.#ended.push(...logins);
    const places = this.#cluster.instances.keys();
    const tries = Promise.all(
      [...places].flatMap((place) => logins.map((session) => this.#keepBusy(place, session))),
    ).finally(() => this.#endings.delete(tries));
    this.#endings.add(tries);
    return endedAtMs;
  }

  /** Logs in with the present password, from an address that has not failed; gives the session or nothing. */
  async #logInByPassword() {
    const { server } = this.#cluster.any();
    const headers = { 'x-forwarded-for': randomAddress() };
    const login = server.users.tryLogin(this.#username, { headers, password: this.#password });
    const answer = await login.catch(() => null);
    return answer?.status === 200 ? [sessionOf(answer.json)] : [];
  }

  /** Lets code of the app write to the user, on whichever instance can. */
  async #write(way, body) {
    const write = async () => {
      const { server } = this.#cluster.any();
      const path = `/api/account/${this.#userId}/${way}`;
      const answer = await server.request('POST', path, { body }).catch(() => null);
      return answer?.status === 200;
    };
    await this.#until('an instance writes to the user', write);
  }

  async #terminateOne(sessionId) {
    const terminate = async () => {
      const { server } = this.#cluster.any();
      const answer = await server.admin.terminate(sessionId).catch(() => null);
      if (answer?.status === 404) throw new Error(`session ${sessionId} is unknown`);
      return answer?.status === 200 && this.#history.acknowledge(sessionId);
    };
    return this.#until('an instance ends a session', terminate);
  }

  #until(what, check) {
    const unlessAbandoned = () => {
      if (this.#isAbandoned) throw new Error(`the test ended before ${what}`);
      return check();
    };
    return until(what, unlessAbandoned, DEADLINE_MS);
  }

  /** Sends one request after another to an instance, the last one when the lease is over. */
  async #keepBusy(place, session) {
    while (!this.#isAbandoned) {
      const sentAtMs = await this.#ask(place, session);
      const { endedAtMs } = session;
      if (endedAtMs && sentAtMs > endedAtMs + this.#leaseMs + AFTER_LEASE_MS) return;
      await pause(endedAtMs ? ENDED_PAUSE_MS : ALIVE_PAUSE_MS);
    }
  }

  /** Sends a request of an older session, which must stay refused as well. */
  async #tryAnOldOne() {
    const old = this.#ended[Math.floor(Math.random() * this.#ended.length)];
    const place = Math.floor(Math.random() * this.#cluster.instances.length);
    if (old) await this.#ask(place, old);
  }

  async #ask(place, session) {
    const { server } = this.#cluster.instances[place];
    const share = session.endedAtMs ? ENDED_REFRESHES : ALIVE_REFRESHES;
    const refreshes = session.refreshToken && !session.isRefreshing && Math.random() < share;
    const kind = refreshes ? 'refresh' : 'request';
    const sentAtMs = performance.now();
    const sent = refreshes ? this.#refresh(server, session) : server.users.me(session.jwt);
    const answer = await sent.catch(() => null);
    const { sessionId } = session;
    this.#history.answered(answer?.status, { sessionId, instance: place, kind, sentAtMs });
    return sentAtMs;
  }

  /** Goes on with the new tokens, also with some that an instance gave out within the lease. */
  async #refresh({ users }, session) {
    session.isRefreshing = true;
    try {
      const answer = await users.tryRefresh(session.refreshToken);
      if (answer.status === 200) Object.assign(session, answer.json);
      return answer;
    } finally {
      session.isRefreshing = false;
    }
  }
}

function sessionOf({ jwt, refreshToken }) {
  const { msm, sessionId = msm } = payloadOf(jwt);
  return { jwt, refreshToken, sessionId, endedAtMs: null, isRefreshing: false };
}

function randomAddress() {
  const byte = () => Math.floor(Math.random() * 256);
  return `10.${byte()}.${byte()}.${byte()}`;
}
