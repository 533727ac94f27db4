/** Waits for work, and rejects when that takes too long. */
export type Deadline = <T>(work: Promise<T>) => Promise<T>;

const TICK_MS = 15;

/**
 * Makes a patience of so many milliseconds for all work together, in ticks of 15.
 *
 * A tick that this process was too busy to notice counts as one however long it took: that an
 * answer was not heard is then not the fault of who answers.
 */
export function createDeadline(ms: number): Deadline {
  let ticksLeft = Math.max(1, Math.floor(ms / TICK_MS));

  return (work) =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`no answer within ${ms} ms`));

      const tick = (): void => {
        ticksLeft -= 1;
        if (ticksLeft > 0) timer = setTimeout(tick, TICK_MS);
        // An answer that is here already is read first.
        else setImmediate(giveUp);
      };

      let timer = setTimeout(tick, TICK_MS);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
}
