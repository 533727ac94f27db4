/** A queue of callers that wait for others to finish, in first-in, first-out order per name. */
export interface WaitQueue {
  /** Resolves when the caller is woken under one of the names, or after `timeoutMs`. */
  wait(names: readonly string[], timeoutMs: number): Promise<void>;
  /** Wakes the caller that has waited longest under each name. */
  wakeNext(names: readonly string[]): void;
  /** Returns the number of waiting callers. */
  size(): number;
}

export function createWaitQueue(): WaitQueue {
  const queues = new Map<string, Set<() => void>>();
  let waiting = 0;

  function join(name: string, wake: () => void): void {
    queues.set(name, (queues.get(name) ?? new Set()).add(wake));
  }

  function leave(name: string, wake: () => void): void {
    const queue = queues.get(name);
    queue?.delete(wake);
    if (queue?.size === 0) queues.delete(name);
  }

  return {
    async wait(names, timeoutMs) {
      waiting += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => wake(), timeoutMs);
        const wake = (): void => {
          clearTimeout(timer);
          for (const name of names) leave(name, wake);
          resolve();
        };
        for (const name of names) join(name, wake);
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
