import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

/** A value that a call sets for everything it awaits, as TC39's `AsyncContext.Variable` does. */
export interface AsyncVariable<T> {
  /** Runs work that sees the value; a promise that it returns has the same outcome. */
  run<Result>(value: T, work: () => Result): Result;
  /** Returns the innermost value; `undefined` outside of any. */
  get(): T | undefined;
}

/** A value of one variable, within the values that were set around it. */
interface Binding {
  variable: object;
  value: unknown;
  outer: Binding | undefined;
  /** How often the storage was switched off before. */
  period: number;
}

/** How long work that nobody awaits keeps its values after the last run has ended, in milliseconds. */
export const KEPT_AFTER_RUN_MS = 30_000;

/**
 * The values of all variables.
 *
 * Up to Node 22 each storage that is switched on slows every promise of the process, by a tenth of a
 * microsecond. There is one for all variables, and it is off where no work runs.
 */
const bindings = new AsyncLocalStorage<Binding>();

/** A timer keeps what its creator's storages hold, such as the request of a login. This one has none. */
const outside = new AsyncResource('magic-sessionmanager.async-variable');

let running = 0;
let period = 0;
let offTimer: NodeJS.Timeout | undefined;

function begin(): void {
  running += 1;
  clearTimeout(offTimer);
}

function end(): void {
  running -= 1;
  if (running > 0) return;
  offTimer = outside.runInAsyncScope(() => setTimeout(switchOff, KEPT_AFTER_RUN_MS).unref());
}

/** Values that were set before are gone for good, also where Node keeps them until their work ends. */
function switchOff(): void {
  offTimer = undefined;
  if (running > 0) return;
  period += 1;
  bindings.disable();
}

function currentBinding(): Binding | undefined {
  const binding = bindings.getStore();
  return binding?.period === period ? binding : undefined;
}

/** Creates a variable without a value. */
export function createAsyncVariable<T>(): AsyncVariable<T> {
  const variable = {};

  return {
    run<Result>(value: T, work: () => Result): Result {
      const binding = { variable, value, outer: currentBinding(), period };
      let result: Result;
      begin();
      try {
        result = bindings.run(binding, work);
      } catch (error) {
        end();
        throw error;
      }
      // The cast restores the type of a promise, which the type of its outcome decides.
      if (result instanceof Promise) return result.finally(end) as Result;
      end();
      return result;
    },

    get() {
      let binding = currentBinding();
      while (binding && binding.variable !== variable) binding = binding.outer;
      // A variable sets only values of its own type.
      return binding?.value as T | undefined;
    },
  };
}
