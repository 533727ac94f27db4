import { servicesOf } from '../compose';
import type { Strapi } from '../strapi';
import { createRateLimit } from './rate-limit';

/** The middlewares that routes refer to by name. */
export default {
  'rate-limit': (_config: unknown, { strapi }: { strapi: Strapi }) =>
    createRateLimit(() => servicesOf(strapi).limits.perUser),
};
