import { DEMO_PASSWORD } from './people.mjs';

const RETURNS_AFTER_MS = 20_000;

/** One device of one user, which logs in and sends requests. */
export class DemoDevice {
  #request;
  #facts;
  #tokens;
  #loggedOutAtMs = 0;

  /**
   * `facts` are of `DEVICES`; `request(method, path, options)` sends a request to the server of the
   * demo, which may become another server from day to day.
   */
  constructor(facts, request) {
    this.#facts = facts;
    this.#request = request;
  }

  get username() {
    return this.#facts.username;
  }

  get isLoggedIn() {
    return this.#tokens !== undefined;
  }

  /** The access token of the device, as long as it is logged in. */
  get token() {
    return this.#tokens?.jwt;
  }

  /** Registers the account of the user, which also logs the device in. */
  async register() {
    const { username } = this.#facts;
    const body = { username, email: `${username}@example.test`, password: DEMO_PASSWORD };
    this.#tokens = granted(await this.#send('POST', '/api/auth/local/register', { body }));
  }

  async logIn() {
    this.#tokens = granted(await this.tryLogIn(DEMO_PASSWORD));
  }

  /** Sends a login and returns the answer whatever it is. */
  tryLogIn(password) {
    const body = { identifier: this.#facts.username, password };
    return this.#send('POST', '/api/auth/local', { body });
  }

  async logOut() {
    await this.#send('POST', '/api/magic-sessionmanager/logout', { bearer: this.token });
    this.#tokens = undefined;
  }

  /** Sends one request. If the session was terminated, prints so, and logs in again after a while. */
  async act() {
    if (!this.isLoggedIn) {
      if (Date.now() - this.#loggedOutAtMs > RETURNS_AFTER_MS) await this.logIn();
      return;
    }
    let answer = await this.#ask();
    if (answer.status === 401 && (await this.#refresh())) answer = await this.#ask();
    if (answer.status !== 401) return;
    const reason = answer.headers['x-session-terminated-reason'] ?? 'unknown';
    const { username, place } = this.#facts;
    console.log(
      `  ${username} (${place}) is logged out, reason: ${reason}. Logs in again in 20 s.`,
    );
    this.#tokens = undefined;
    this.#loggedOutAtMs = Date.now();
  }

  #ask() {
    return this.#send('GET', '/api/articles', { bearer: this.token });
  }

  async #refresh() {
    const { refreshToken } = this.#tokens;
    const answer = await this.#send('POST', '/api/auth/refresh', { body: { refreshToken } });
    if (answer.status === 200) this.#tokens = answer.json;
    return answer.status === 200;
  }

  #send(method, path, options) {
    const { userAgent, address } = this.#facts;
    const headers = { 'user-agent': userAgent, 'x-forwarded-for': address };
    return this.#request(method, path, { ...options, headers });
  }
}

function granted(answer) {
  if (answer.status === 200) return answer.json;
  throw new Error(`the demo cannot go on: ${answer.text}`);
}
