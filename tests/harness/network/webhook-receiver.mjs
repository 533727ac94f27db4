import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A server that keeps what is posted to it, as the receiver of a webhook. */
export class WebhookReceiver {
  #server = createServer(async (request, response) => {
    this.calls.push(JSON.parse(await text(request)));
    response.end();
  });
  calls = [];

  static async start() {
    const receiver = new WebhookReceiver();
    await new Promise((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  async dispose() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
