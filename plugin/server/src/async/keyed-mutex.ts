/** Runs jobs of one name one after another, and jobs of different names concurrently. */
export interface KeyedMutex {
  run<T>(name: string, job: () => Promise<T>): Promise<T>;
}

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(name, job) {
      const result = (last.get(name) ?? Promise.resolve()).then(job);
      const done = result.catch(() => undefined);
      last.set(name, done);
      try {
        return await result;
      } finally {
        if (last.get(name) === done) last.delete(name);
      }
    },
  };
}
