import { until } from '../process/until.mjs';

/** Requests of one user to one instance, one after the other without a break, with a history. */
export class Traffic {
  #going = true;
  #done;
  history = [];

  constructor(instance, jwt) {
    this.#done = this.#run(instance, jwt);
    this.#done.catch(() => undefined);
  }

  /** Keeps an instance busy while something is done, and ends the traffic however that ends. */
  static async during(instance, jwt, act) {
    const traffic = new Traffic(instance, jwt);
    try {
      await until('the instance is busy', () => traffic.history.length > 5);
      return await act(traffic);
    } finally {
      await traffic.stop();
    }
  }

  async #run(instance, jwt) {
    while (this.#going) {
      const sentAt = performance.now();
      const answer = await instance.users.me(jwt);
      this.history.push({ sentAt, answeredAt: performance.now(), answer });
    }
  }

  /** Those of the requests sent after an instant of `performance.now()` that were accepted. */
  acceptedAfter(instant) {
    return this.history.filter(({ sentAt, answer }) => sentAt > instant && answer.status === 200);
  }

  /** The first request that was refused, for good or for now, if any. */
  get refusal() {
    return this.history.find(({ answer }) => [401, 503].includes(answer.status));
  }

  /** Ends the traffic after the request under way; fails if a request got no answer. */
  async stop() {
    this.#going = false;
    await this.#done;
  }
}
