/** Lets jobs of the same name run one after another, and all others at once. */
export interface KeyedMutex {
  run<T>(name: string, job: () => Promise<T>): Promise<T>;
}

/** Makes turns that nobody has taken. */
export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(name, job) {
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
