/** A resource that was started and has to be stopped. */
interface Started {
  name: string;
  stop: () => unknown;
}

/** A resource that could not be stopped. */
export interface StopFailure {
  name: string;
  error: unknown;
}

/** Collects started resources and stops them in reverse order. */
export interface Lifetime {
  /** Registers the stop function of a resource; the name is for the log. */
  add(name: string, stop: () => unknown): void;
  /** Stops all resources one after another, the newest first; continues after a failure. */
  end(): Promise<StopFailure[]>;
}

export function createLifetime(): Lifetime {
  const started: Started[] = [];
  return {
    add(name, stop) {
      started.push({ name, stop });
    },

    async end() {
      const failures: StopFailure[] = [];
      for (let next = started.pop(); next; next = started.pop()) {
        try {
          await next.stop();
        } catch (error) {
          failures.push({ name: next.name, error });
        }
      }
      return failures;
    },
  };
}
