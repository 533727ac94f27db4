import { servicesOf, type Services } from '../compose';
import type { RequestContext, Strapi } from '../strapi';
import { createRateLimit } from './rate-limit';

/** Returns the network of a visitor who logs out by a refresh token; `null` for all others. */
function visitorOf({ requests }: Services, ctx: RequestContext): string | null {
  if (!requests.states.peek(ctx)?.logOut) return null;
  const { address, networks } = requests.facts.clientOf(ctx);
  return networks[0]?.network ?? address;
}

/** The middlewares that routes refer to by name. */
export default {
  'rate-limit': (_config: unknown, { strapi }: { strapi: Strapi }) =>
    createRateLimit({
      quotas: () => servicesOf(strapi).limits.perUser,
      visitorOf: (ctx) => visitorOf(servicesOf(strapi), ctx),
    }),
};
