/** A stream of Redis in memory, with its connection. It can be added to, emptied and disconnected. */
export class FakeStream {
  #entries = [];
  #lastId = 0;
  #isReady = true;

  isReady = () => this.#isReady;

  /** Adds an entry of fields and their values in turn. */
  add(...pairs) {
    this.#lastId += 1;
    this.#entries.push([`${this.#lastId}-0`, pairs]);
  }

  /** Loses all it holds and counts from the beginning, as after a crash. */
  empty() {
    this.#entries = [];
    this.#lastId = 0;
  }

  close() {
    this.#isReady = false;
  }

  async send(command, ...rest) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.#isReady) throw new Error('the connection is closed');
    if (command === 'XREVRANGE') return this.#entries.slice(-1);
    const after = Number.parseInt(rest.at(-1), 10);
    const later = this.#entries.filter(([id]) => Number.parseInt(id, 10) > after);
    return later.length === 0 ? null : [['stream', later]];
  }
}
