import { servicesOf } from '../compose';
import { createStartGate } from '../middlewares/start-gate';
import { SEAMS } from '../seams/proofs/names';
import { wrapListen } from '../seams/proofs/listen';
import { findUnproven } from '../seams/proofs/prove';
import { reportUnproven } from '../seams/proofs/report';
import type { Strapi } from '../strapi';
import { sessionResponseOf } from './session-response';

/** A middleware of Koa. */
type Middleware = ReturnType<typeof sessionResponseOf>;

/**
 * Proves after all bootstraps, and before the first request, that Strapi calls the plugin.
 *
 * Call it in `register`, because other code may start the server in a bootstrap.
 */
export function proveBeforeServing(strapi: Strapi): void {
  let proof: Promise<void> | null = null;
  const prove = (): Promise<void> => (proof ??= proveAll());
  const gate = createStartGate(strapi, prove);
  const sessionResponse = sessionResponseOf(strapi);

  // Around the middlewares of the app's configuration and of other plugins, which may issue tokens.
  const outermost: Middleware = (ctx, next) => gate(ctx, () => sessionResponse(ctx, next));
  chainOf(strapi).unshift(outermost);

  async function proveAll(): Promise<void> {
    const unproven = await findUnproven(strapi);
    if (!chainOf(strapi).includes(outermost))
      unproven.push({ seam: SEAMS.responses, failure: null });
    reportUnproven(strapi, servicesOf(strapi).views.protection, unproven);
  }

  wrapListen(strapi, prove);
}

/** Returns Strapi's chain of middlewares, of which Koa calls the first one first. */
function chainOf(strapi: Strapi): Middleware[] {
  // Koa's types leave the chain untyped.
  return strapi.server.app.middleware;
}
