import { createServer } from 'node:http';

const ACCESS_TOKEN = 'test-provider-access-token';

/** A login provider on the loopback address that knows one person. */
export class LoginProvider {
  #server;
  #profile;

  /** Starts a provider that says of everyone that they are `{username, email}`. */
  static async start(profile) {
    const provider = new LoginProvider();
    provider.#profile = profile;
    provider.#server = createServer((request, response) => provider.#answer(request, response));
    await new Promise((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  #answer(request, response) {
    const known = request.headers['x-access-token'] === ACCESS_TOKEN;
    const answers = {
      '/token': { access_token: ACCESS_TOKEN, token_type: 'bearer' },
      '/profile': known ? this.#profile : undefined,
    };
    const answer = answers[request.url];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  }

  stop() {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
