import { createLifetime, type Lifetime } from '../async/lifetime';
import type { Strapi } from '../strapi';

const lifetimes = new WeakMap<Strapi, Lifetime>();

/** Returns the lifetime of an application; `destroy` stops its resources. */
export function lifetimeOf(strapi: Strapi): Lifetime {
  const lifetime = lifetimes.get(strapi) ?? createLifetime();
  lifetimes.set(strapi, lifetime);
  return lifetime;
}
