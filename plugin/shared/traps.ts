import { __wbg_reset_state as replaceInstance } from '../../pkg/magic_sessionmanager.js';

/** Is told of each trap, after it was counted and before its error goes on to the caller. */
export type TrapListener = (error: Error, count: number) => void;

const listeners = new Set<TrapListener>();

let count = 0;
let spoilt = false;
let generation = 0;

/**
 * Makes a call into the WebAssembly module. A trap is a bug that may have left its memory in any
 * state, so no later call goes into the same instance; the call that trapped fails.
 */
export function guarded<Result>(call: () => Result): Result {
  if (spoilt) renew();
  try {
    return call();
  } catch (error) {
    if (isTrap(error)) note(error);
    throw error;
  }
}

/** Guards a function of the module. */
export function guardedFunction<Args extends unknown[], Result>(
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => guarded(() => work(...args));
}

/** Counts the instances so far: an object of an earlier one is of no use any more. */
export function instanceGeneration(): number {
  return generation;
}

/** Counts the traps of this process; 0 unless there is a bug. */
export function trapCount(): number {
  return count;
}

/** Tells a listener of every trap from now on; what it returns ends that. */
export function onTrap(listener: TrapListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whatever the module throws that is not its own refusal, the caller could not have caused. */
function isTrap(error: unknown): error is Error {
  return error instanceof Error && error.name !== 'CoreError';
}

function note(error: Error): void {
  spoilt = true;
  count += 1;
  for (const listener of listeners) listener(error, count);
}

function renew(): void {
  replaceInstance();
  generation += 1;
  spoilt = false;
}
