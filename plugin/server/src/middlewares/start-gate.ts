import type { RequestContext, Strapi } from '../strapi';
import { respondWithError, expose } from './error-response';

const RETRY_AFTER_SECONDS = '5';

/**
 * Creates a middleware that responds 503 until the plugin's protection is proven.
 *
 * Strapi's own start proves it before it listens. A server that other code starts proves it at the
 * first request after all bootstraps.
 *
 * @param prove Proves it once; rejects if it does not hold.
 */
export function createStartGate(strapi: Strapi, prove: () => Promise<void>) {
  let isOpen = false;
  let wasReported = false;

  async function open(): Promise<boolean> {
    if (!strapi.isLoaded) return false;
    try {
      await prove();
      return true;
    } catch (error) {
      if (!wasReported) strapi.log.error(error);
      wasReported = true;
      return false;
    }
  }

  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    isOpen ||= await open();
    if (isOpen) {
      await next();
      return;
    }
    expose(ctx, 'Retry-After', RETRY_AFTER_SECONDS);
    respondWithError(ctx, {
      status: 503,
      name: 'ServiceUnavailableError',
      message: 'The server is starting; try again shortly',
      details: {},
    });
  };
}
