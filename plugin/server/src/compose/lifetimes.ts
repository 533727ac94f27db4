import { createLifetime, type Lifetime } from '../async/lifetime';
import type { Strapi } from '../strapi';

const lifetimes = new WeakMap<Strapi, Lifetime>();

/** Returns what gathers the things that were started for an application, to stop them in `destroy`. */
export function lifetimeOf(strapi: Strapi): Lifetime {
  const lifetime = lifetimes.get(strapi) ?? createLifetime();
  lifetimes.set(strapi, lifetime);
  return lifetime;
}
