/** Lets jobs of the same name run one after another, and all others at once. */
export interface Turns {
  take<T>(name: string, job: () => Promise<T>): Promise<T>;
}

/** Makes turns that nobody has taken. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(name, job) {
      const mine = (last.get(name) ?? Promise.resolve()).then(job);
      const done = mine.catch(() => undefined);
      last.set(name, done);
      try {
        return await mine;
      } finally {
        if (last.get(name) === done) last.delete(name);
      }
    },
  };
}
