/** Waits for work, and rejects after the deadline. */
export type Deadline = <T>(work: Promise<T>) => Promise<T>;

const TICK_MS = 15;

/**
 * Creates a deadline for all calls together, in ticks of 15 ms.
 *
 * A tick counts as 15 ms even if a busy event loop delayed it, because the delay of this process is
 * no fault of the server that is asked.
 *
 * @param ms The total wait in milliseconds.
 */
export function createDeadline(ms: number): Deadline {
  let ticksLeft = Math.max(1, Math.floor(ms / TICK_MS));

  return (work) =>
    new Promise((resolve, reject) => {
      const timeOut = (): void => reject(new Error(`no answer within ${ms} ms`));

      const tick = (): void => {
        ticksLeft -= 1;
        if (ticksLeft > 0) timer = setTimeout(tick, TICK_MS);
        // The event loop first reads an answer that has arrived already.
        else setImmediate(timeOut);
      };

      let timer = setTimeout(tick, TICK_MS);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
}
