import { AsyncResource } from 'node:async_hooks';

/**
 * Gives a way to act as if no request and no transaction surrounded the caller, for what goes on
 * when both are over. To be made where neither is under way.
 */
export function createOutsideRequests(): (act: () => void) => void {
  return AsyncResource.bind((act: () => void) => act());
}
