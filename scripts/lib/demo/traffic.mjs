import { DEMO_PASSWORD } from './people.mjs';

const PAUSE_MS = 2500;
const BACK_AFTER_MS = 20_000;

/** One device of one user, which logs in and then asks for something now and then. */
export class DemoDevice {
  #request;
  #username;
  #userAgent;
  #tokens;
  #loggedOutAt = 0;

  /** `request(method, path, options)` sends a request to the server of the demo. */
  constructor(request, username, userAgent) {
    this.#request = request;
    this.#username = username;
    this.#userAgent = userAgent;
  }

  async logIn() {
    const answer = await this.#send('POST', '/api/auth/local', {
      body: { identifier: this.#username, password: DEMO_PASSWORD },
    });
    if (answer.status !== 200) throw new Error(`${this.#username} cannot log in: ${answer.text}`);
    this.#tokens = answer.json;
  }

  /** Makes one request; says so when the session has been ended, and logs in again after a while. */
  async act() {
    if (!this.#tokens) {
      if (Date.now() - this.#loggedOutAt > BACK_AFTER_MS) await this.logIn();
      return;
    }
    let answer = await this.#ask();
    if (answer.status === 401 && (await this.#refresh())) answer = await this.#ask();
    if (answer.status !== 401) return;
    const reason = answer.headers['x-session-terminated-reason'] ?? 'unknown';
    console.log(`  ${this.#username} was logged out (${reason}) and comes back in 20 seconds`);
    this.#tokens = undefined;
    this.#loggedOutAt = Date.now();
  }

  #ask() {
    return this.#send('GET', '/api/articles', { bearer: this.#tokens.jwt });
  }

  async #refresh() {
    const { refreshToken } = this.#tokens;
    const answer = await this.#send('POST', '/api/auth/refresh', { body: { refreshToken } });
    if (answer.status === 200) this.#tokens = answer.json;
    return answer.status === 200;
  }

  #send(method, path, options) {
    return this.#request(method, path, { ...options, headers: { 'user-agent': this.#userAgent } });
  }
}

/** Lets one device after the other act, until the returned function is called. */
export function keepBusy(devices) {
  let turn = 0;
  const timer = setInterval(() => {
    const device = devices[turn % devices.length];
    turn += 1;
    device.act().catch((error) => console.log(`  a request failed: ${error.message}`));
  }, PAUSE_MS);
  return () => clearInterval(timer);
}
