import type { Actor } from '../../../../shared/contracts';
import type { RequestContext } from '../../strapi';

/** The plugin itself, by its rules and timers. */
export const SYSTEM: Actor = { type: 'system', id: null };

/** A client that is not signed in. */
export const VISITOR: Actor = { type: 'visitor', id: null };

/** The facts that Strapi's authentication puts into a request's state. */
interface AuthenticatedState {
  user?: { id?: number };
  auth?: { strategy?: { name?: string }; credentials?: { id?: number } | null };
}

/** Returns the actor of a request; {@link SYSTEM} outside of one. */
export function actorOf(ctx: RequestContext | undefined): Actor {
  if (!ctx) return SYSTEM;
  // Strapi types `state` as open; its strategies put these facts there.
  const { user, auth } = ctx.state as AuthenticatedState;
  const strategy = auth?.strategy?.name ?? '';
  if (strategy.endsWith('token')) return { type: 'api-token', id: auth?.credentials?.id ?? null };
  if (user?.id === undefined) return VISITOR;
  return { type: strategy === 'admin' ? 'admin' : 'user', id: user.id };
}
