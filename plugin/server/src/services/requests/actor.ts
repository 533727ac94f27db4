import type { Actor } from '../../../../shared/contracts';
import type { RequestContext } from '../../strapi';

/** Decides by rules and clocks, asked by nobody. */
export const SYSTEM: Actor = { type: 'system', id: null };

/** Somebody who has not signed in. */
export const VISITOR: Actor = { type: 'visitor', id: null };

/** What Strapi notes of whoever a request comes from. */
interface AuthenticatedState {
  user?: { id?: number };
  auth?: { strategy?: { name?: string }; credentials?: { id?: number } | null };
}

/** Says who acts in a request; outside one it is the system. */
export function actorOf(ctx: RequestContext | undefined): Actor {
  if (!ctx) return SYSTEM;
  // Strapi types `state` as open; its strategies put these facts there.
  const { user, auth } = ctx.state as AuthenticatedState;
  const strategy = auth?.strategy?.name ?? '';
  if (strategy.endsWith('token')) return { type: 'api-token', id: auth?.credentials?.id ?? null };
  if (user?.id === undefined) return VISITOR;
  return { type: strategy === 'admin' ? 'admin' : 'user', id: user.id };
}
