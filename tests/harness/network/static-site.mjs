import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** A web server for pages of a front end, on an origin of its own. */
export class StaticSite {
  #server;

  /** Serves some pages by their path: text is HTML, and a URL names a file with a script. */
  static async serve(pages) {
    const self = new StaticSite();
    self.#server = createServer(({ url }, response) => {
      const page = pages[url];
      const [type, text] =
        page instanceof URL ? ['text/javascript', readFileSync(page)] : ['text/html', page];
      response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': type });
      response.end(text);
    });
    await new Promise((resolve) => self.#server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  /** Where the site is, without a slash at the end. */
  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
