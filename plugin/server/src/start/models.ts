import { MODELS } from '../models';
import type { Strapi } from '../strapi';

/** The used part of Strapi's registry of models; Strapi does not type it. */
interface ModelRegistry {
  add(model: object): void;
  /** Returns the list itself. */
  get(): { uid?: string }[];
}

const registryOf = (strapi: Strapi): ModelRegistry => strapi.get<ModelRegistry>('models');

/** Makes Strapi create the plugin's tables; call it in `register`. */
export function addModels(strapi: Strapi): void {
  for (const model of MODELS) registryOf(strapi).add(model);
}

/**
 * Takes the plugin's tables off Strapi's list, once the database knows them.
 *
 * An import, and a transfer that is pushed here, empties every table on the list.
 */
export function hideModels(strapi: Strapi): void {
  const own = new Set(MODELS.map(({ uid }) => uid));
  const models = registryOf(strapi).get();
  const others = models.filter(({ uid }) => uid === undefined || !own.has(uid));
  models.splice(0, models.length, ...others);
}
