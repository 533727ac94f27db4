/** One thing that was started and has to be stopped. */
interface Started {
  name: string;
  stop: () => unknown;
}

/** A thing that could not be stopped, by its name, and why. */
export interface StopFailure {
  name: string;
  error: unknown;
}

/** Gathers what was started, to stop it in reverse order. */
export interface Lifetime {
  /** Adds what stops something that has just been started; the name is for the log. */
  add(name: string, stop: () => unknown): void;
  /** Stops everything, the newest first, one after another; a failure does not keep the rest from it. */
  end(): Promise<StopFailure[]>;
}

/** Creates an empty lifetime. */
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
