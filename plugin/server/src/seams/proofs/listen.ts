import type { Strapi } from '../../strapi';
import { wrapOnce } from '../wrap-once';

/** Wraps Strapi's `listen` to prove first, after all bootstraps; a rejection ends Strapi's start. */
export function wrapListen(strapi: Strapi, prove: () => Promise<void>): void {
  wrapOnce(strapi, 'listen', (listen) => async () => {
    if (strapi.isLoaded) await prove();
    await listen();
  });
}
