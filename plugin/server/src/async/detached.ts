import { AsyncResource } from 'node:async_hooks';

/** Runs a function outside of the caller's request and transaction. */
export type RunDetached = (act: () => void) => void;

/**
 * Creates a {@link RunDetached} for work that outlives the request and its transaction.
 *
 * Call it outside of both.
 */
export function createDetached(): RunDetached {
  return AsyncResource.bind((act: () => void) => act());
}
