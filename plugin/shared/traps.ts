import { __wbg_reset_state as replaceInstance } from '../../pkg/magic_sessionmanager.js';

/** Called with each trap, after it was counted and before its error reaches the caller. */
export type TrapListener = (error: Error, count: number) => void;

const listeners = new Set<TrapListener>();

let count = 0;
let isCorrupted = false;
let generation = 0;

/**
 * Calls into the WebAssembly module, and replaces its instance after a trap.
 *
 * A trap is a bug that may have left the memory in any state. The call that trapped throws, and the
 * next call runs in a new instance.
 */
export function guarded<Result>(call: () => Result): Result {
  if (isCorrupted) replaceCorrupted();
  try {
    return call();
  } catch (error) {
    if (isTrap(error)) recordTrap(error);
    throw error;
  }
}

/** Wraps a function of the module by {@link guarded}. */
export function guardedFunction<Args extends unknown[], Result>(
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => guarded(() => work(...args));
}

/** Returns how often the instance was replaced; objects of an earlier instance are unusable. */
export function instanceGeneration(): number {
  return generation;
}

/** Returns the number of traps in this process; 0 unless there is a bug. */
export function trapCount(): number {
  return count;
}

/** Calls a listener with every trap from now on; returns a function that removes the listener. */
export function onTrap(listener: TrapListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A `CoreError` is the core's own refusal; a caller can cause no other error. */
function isTrap(error: unknown): error is Error {
  return error instanceof Error && error.name !== 'CoreError';
}

function recordTrap(error: Error): void {
  isCorrupted = true;
  count += 1;
  for (const listener of listeners) listener(error, count);
}

function replaceCorrupted(): void {
  replaceInstance();
  generation += 1;
  isCorrupted = false;
}
