import { onTrap } from '../../../shared/traps';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/**
 * Logs each trap of the core; a trap is a bug, and its request was refused.
 *
 * @returns A function that stops it.
 */
export function reportTraps(strapi: Strapi): () => void {
  return onTrap((error, count) => {
    strapi.log.error(
      `${PLUGIN_NAME}: the WebAssembly core has failed (${error.name}, number ${count} since the start); its request was refused and the core is replaced. Please report this.`,
    );
  });
}
