import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** Long enough for a million rows. */
const ANSWER_DEADLINE_MS = 10 * 60_000;

/** Runs statements on a database server and waits for each, as the driver of SQLite does. */
export class Statements {
  #worker;
  #port;
  #signal = new Int32Array(new SharedArrayBuffer(4));

  /** `product` is a module that says how to run a statement, `appFolder` the app with the driver. */
  constructor(product, appFolder) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(new URL('statement-worker.mjs', import.meta.url), {
      workerData: { product: product.href, appFolder, port: port2, signal: this.#signal },
      transferList: [port2],
    });
    this.#worker.unref();
    this.#port.unref();
  }

  /** Runs a statement on a connection of its own and returns the rows. */
  run(connection, sql, values = []) {
    Atomics.store(this.#signal, 0, 0);
    this.#port.postMessage({ connection, sql, values });
    Atomics.wait(this.#signal, 0, 0, ANSWER_DEADLINE_MS);
    const answer = receiveMessageOnPort(this.#port)?.message;
    if (!answer) throw new Error(`no answer in ${ANSWER_DEADLINE_MS} ms to: ${sql}`);
    if (answer.error) throw new Error(`${answer.error}: ${sql.slice(0, 500)}`);
    return answer.rows;
  }
}
