import type {
  OwnSession,
  OwnSessionResponse,
  TerminateAllResponse,
} from '../../../shared/contracts';
import { servicesOf } from '../compose';
import type { Caller, MySessions } from '../services/actions/my-sessions';
import type { Strapi } from '../strapi';
import { checked, type Action, type Request } from './parsing/checked';
import { ownListQueryFrom } from './parsing/session-query';
import { dropRefreshCookie, type Cookies } from './refresh-cookie';

/** A request of the content API, with the signed-in user in its state. */
interface UserRequest extends Request {
  state: { user?: { id: number; documentId: string } };
  cookies: Cookies;
}

/** An action for a signed-in user. */
type OwnAction = (ctx: UserRequest, caller: Caller) => Promise<unknown>;

/** Serves the users' API of their own sessions. */
export default function mySessionController({ strapi }: { strapi: Strapi }) {
  /** API tokens hold every permission but are no user. */
  const own = (action: OwnAction): Action<UserRequest> =>
    checked(async (ctx) => {
      const { user } = ctx.state;
      if (user) return await action(ctx, callerOf(ctx, user));
      ctx.unauthorized('Only a signed-in user has sessions');
      return undefined;
    });

  const callerOf = (
    ctx: UserRequest,
    { id: userId, documentId: userDocumentId }: NonNullable<UserRequest['state']['user']>,
  ): Caller => {
    const session = servicesOf(strapi).requests.states.peek(ctx)?.session;
    return {
      userId,
      userDocumentId,
      currentId: session?.userId === userId ? session.sessionId : null,
    };
  };

  const sessions = (): MySessions => servicesOf(strapi).actions.mySessions;

  return {
    find: own(async (ctx, caller) => await sessions().page(caller, ownListQueryFrom(ctx.query))),

    current: own(async (ctx, caller) =>
      respondWith(ctx, await sessions().find(caller, caller.currentId ?? '')),
    ),

    terminate: own(async (ctx, caller) =>
      respondWith(ctx, await sessions().terminate(caller, ctx.params.id ?? '')),
    ),

    logout: own(async ({ cookies }, caller) => {
      const terminated = await sessions().terminate(caller, caller.currentId ?? '');
      dropRefreshCookie(strapi, cookies);
      return counted(terminated ? 1 : 0);
    }),

    logoutAll: own(async ({ cookies }, caller) => {
      const terminated = await sessions().terminateAll(caller);
      dropRefreshCookie(strapi, cookies);
      return counted(terminated);
    }),

    logoutOthers: own(async (ctx, caller) => {
      const terminated = await sessions().terminateOthers(caller);
      return terminated === null ? respondWith(ctx, null) : counted(terminated);
    }),
  };
}

/** Responds alike for a missing session and for another user's, to reveal nothing about ids. */
function respondWith(ctx: UserRequest, data: OwnSession | null): OwnSessionResponse | undefined {
  if (data) return { data };
  ctx.notFound('There is no session with this id');
  return undefined;
}

function counted(terminated: number): TerminateAllResponse {
  return { data: { terminated } };
}
