import http from 'node:http';

/** A proxy that serves one server under a path of its own, which the server never sees. */
export class PathProxy {
  #http;

  /** Starts one on a free port; `target` gives the port of the server. */
  static async start(basePath, target) {
    const proxy = new PathProxy();
    proxy.#http = http.createServer((incoming, answer) => {
      if (!incoming.url.startsWith(`${basePath}/`)) return answer.writeHead(404).end();
      const headers = {
        ...incoming.headers,
        'x-forwarded-for': '203.0.113.7',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'example.test',
      };
      const path = incoming.url.slice(basePath.length);
      const options = { host: '127.0.0.1', port: target(), method: incoming.method, path, headers };
      const outgoing = http.request({ ...options, agent: false }, (reply) => {
        answer.writeHead(reply.statusCode, reply.headers);
        reply.pipe(answer);
      });
      outgoing.on('error', () => answer.destroy());
      return incoming.pipe(outgoing);
    });
    await new Promise((resolve) => proxy.#http.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port() {
    return this.#http.address().port;
  }

  stop() {
    this.#http.closeAllConnections();
    this.#http.close();
  }
}
