import net from 'node:net';

/** A way to a server on the loopback address that a test can damage: cut, slow down, or fall silent. */
export class TcpProxy {
  #listener;
  #connections = new Set();
  #targetPort;
  #isCut = false;
  #isSilent = false;
  #delayMs = 0;
  #statement = /^/;
  #isDoomed = null;
  #breaksAfter = false;

  /** Opens a way to a port, on a free port of its own. */
  static async start(targetPort) {
    const proxy = new TcpProxy();
    proxy.#targetPort = targetPort;
    proxy.#listener = net.createServer((near) => proxy.#accept(near));
    await new Promise((resolve, reject) => {
      proxy.#listener.once('error', reject);
      proxy.#listener.listen(0, '127.0.0.1', resolve);
    });
    proxy.port = proxy.#listener.address().port;
    return proxy;
  }

  /** Breaks every connection, and each new one at once. */
  cut() {
    this.#isCut = true;
    this.#breakAll();
  }

  /** Leaves every connection open, and lets nothing through any more, not even their end. */
  silence() {
    this.#isSilent = true;
    for (const connection of this.#connections) connection.isDead = true;
  }

  /** Lets everything through, so many milliseconds late. */
  delay(ms) {
    this.#delayMs = ms;
  }

  /**
   * Breaks each connection to a database that sends a BEGIN or COMMIT of a transaction that is doomed:
   * before the statement arrives, or with `afterIt` before its answer does. `isDoomed` gets the transaction
   * as it was sent.
   */
  breakAt(statement, isDoomed, { afterIt = false } = {}) {
    this.#statement = new RegExp(`\\b${statement}\\b`);
    this.#isDoomed = isDoomed;
    this.#breaksAfter = afterIt;
  }

  /** Lets new connections through again; what has been broken or silenced stays so. */
  heal() {
    this.#isCut = false;
    this.#isSilent = false;
    this.#delayMs = 0;
    this.#isDoomed = null;
  }

  #accept(near) {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = net.connect(this.#targetPort, '127.0.0.1');
    const connection = { near, far, isDead: this.#isSilent, sent: '' };
    this.#connections.add(connection);
    near.prependListener('data', (chunk) => this.#follow(connection, chunk));
    this.#pass(connection, near, far);
    this.#pass(connection, far, near);
  }

  /** Reads what is sent to a database, and breaks the connection at the statement of a doomed transaction. */
  #follow(connection, chunk) {
    if (!this.#isDoomed) return;
    const text = chunk.toString('latin1');
    if (/\bBEGIN\b/.test(text)) connection.sent = '';
    connection.sent += text;
    if (!this.#statement.test(text) || !this.#isDoomed(connection.sent)) return;
    connection.isDead = true;
    const { near, far } = connection;
    const breakIt = () => {
      this.#connections.delete(connection);
      near.destroy();
      far.destroy();
    };
    if (!this.#breaksAfter) return breakIt();
    far.write(chunk);
    far.once('data', breakIt);
  }

  /** Passes on what comes, in its order however the delay changes, and the end as well. */
  #pass(connection, from, to) {
    let lastDueMs = 0;
    const later = (act) => {
      lastDueMs = Math.max(lastDueMs, performance.now() + this.#delayMs);
      const inTurn = () => connection.isDead || act();
      const leftMs = lastDueMs - performance.now();
      if (leftMs > 0) setTimeout(inTurn, leftMs);
      else inTurn();
    };
    from.on('data', (chunk) => later(() => to.write(chunk)));
    from.on('error', () => undefined);
    from.on('close', () =>
      later(() => {
        to.destroy();
        this.#connections.delete(connection);
      }),
    );
  }

  #breakAll() {
    for (const { near, far } of this.#connections) {
      near.destroy();
      far.destroy();
    }
    this.#connections.clear();
  }

  /** Closes the way with all that goes through it. */
  async dispose() {
    this.cut();
    await new Promise((resolve) => this.#listener.close(resolve));
  }
}
