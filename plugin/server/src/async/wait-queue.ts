/** Where those wait who may go on when others have finished. */
export interface WaitQueue {
  /** Resolves when it is the caller's turn under one of the names, or else after some time. */
  wait(names: readonly string[], longestMs: number): Promise<void>;
  /** Lets the one go on who has waited longest under each name. */
  wakeNext(names: readonly string[]): void;
  /** How many wait. */
  size(): number;
}

/** Makes an empty room. */
export function createWaitQueue(): WaitQueue {
  const queues = new Map<string, Set<() => void>>();
  let waiting = 0;

  function join(name: string, goOn: () => void): void {
    queues.set(name, (queues.get(name) ?? new Set()).add(goOn));
  }

  function leave(name: string, goOn: () => void): void {
    const queue = queues.get(name);
    queue?.delete(goOn);
    if (queue?.size === 0) queues.delete(name);
  }

  return {
    async wait(names, longestMs) {
      waiting += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => goOn(), longestMs);
        const goOn = (): void => {
          clearTimeout(timer);
          for (const name of names) leave(name, goOn);
          resolve();
        };
        for (const name of names) join(name, goOn);
      });
      waiting -= 1;
    },

    wakeNext(names) {
      for (const name of names) {
        const [first] = queues.get(name) ?? [];
        first?.();
      }
    },

    size: () => waiting,
  };
}
