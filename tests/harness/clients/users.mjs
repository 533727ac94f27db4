/** The password of every user of the tests. */
export const PASSWORD = 'Correct-Horse-1';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/131.0.0.0 Safari/537.36';

let counter = 0;

/** Acts as users of the app: the public side of users-permissions over HTTP. */
export class Users {
  #server;

  constructor(server) {
    this.#server = server;
  }

  /** Registers a user with a new name and returns the answer, with the name in `username`. */
  async register({ userAgent = CHROME } = {}) {
    const username = `user${process.pid}n${(counter += 1)}`;
    const answer = await this.#server.request('POST', '/api/auth/local/register', {
      body: { username, email: `${username}@example.test`, password: PASSWORD },
      headers: { 'user-agent': userAgent },
    });
    return Object.assign(answer, { username });
  }

  /** Sends a login and returns the answer whatever it is. */
  tryLogin(
    username,
    { userAgent = CHROME, path = '/api/auth/local', headers = {}, password = PASSWORD } = {},
  ) {
    return this.#server.request('POST', path, {
      body: { identifier: username, password },
      headers: { 'user-agent': userAgent, ...headers },
    });
  }

  /** Logs a user in and returns `{jwt, refreshToken, user}`. */
  async login(username, options) {
    return expectOk(await this.tryLogin(username, options)).json;
  }

  /** Registers a user, whose first session that is, and returns `{jwt, refreshToken, user}`. */
  async signUp(options) {
    return expectOk(await this.register(options)).json;
  }

  /** Asks who a token belongs to: a request that any signed-in user may make. */
  me(jwt, headers) {
    return this.#server.request('GET', '/api/users/me', { bearer: jwt, headers });
  }

  /** Reads the collection that only signed-in users may read. */
  articles(jwt) {
    return this.#server.request('GET', '/api/articles', { bearer: jwt });
  }

  /** Sends a request to the users' API of the plugin; `path` starts with a slash. */
  own(jwt, method, path) {
    return this.#server.request(method, `/api/magic-sessionmanager${path}`, { bearer: jwt });
  }

  /** Lists the newest sessions of the user who holds a token, without the terminated ones by default. */
  async sessions(jwt, query = '') {
    return expectOk(await this.own(jwt, 'GET', `/my-sessions${query && `?${query}`}`)).json.data;
  }

  /** Shows the session that a token belongs to. */
  async currentSession(jwt) {
    return expectOk(await this.own(jwt, 'GET', '/current-session')).json.data;
  }

  /** Exchanges a refresh token for a new pair and returns the answer whatever it is. */
  tryRefresh(refreshToken, headers) {
    return this.#server.request('POST', '/api/auth/refresh', { body: { refreshToken }, headers });
  }

  /** Exchanges a refresh token and returns `{jwt, refreshToken}`. */
  async refresh(refreshToken, headers) {
    return expectOk(await this.tryRefresh(refreshToken, headers)).json;
  }
}

function expectOk(answer) {
  if (answer.status === 200) return answer;
  throw new Error(`expected 200, got ${answer.status}: ${answer.text}`);
}
