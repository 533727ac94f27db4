import { AsyncResource } from 'node:async_hooks';

/** Runs a function as if no request and no transaction surrounded the caller. */
export type RunDetached = (act: () => void) => void;

/**
 * Creates a {@link RunDetached} for work that goes on when request and transaction are over.
 *
 * Call it where neither surrounds the caller.
 */
export function createDetached(): RunDetached {
  return AsyncResource.bind((act: () => void) => act());
}
