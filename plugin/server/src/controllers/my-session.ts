import type {
  LogoutResponse,
  OwnSession,
  OwnSessionResponse,
  TerminateAllResponse,
} from '../../../shared/contracts';
import { servicesOf } from '../compose';
import type { Caller, MySessions } from '../services/actions/my-sessions';
import { dropCookie, refreshCookieOf } from '../services/requests/refresh-cookie';
import type { RequestContext, Strapi } from '../strapi';
import { checked, type Action, type Request } from './parsing/checked';
import { ownListQueryFrom } from './parsing/session-query';

/** A request of the content API, with the signed-in user in its state. */
interface UserRequest extends Request {
  state: { user?: { id: number; documentId?: string | null } };
  cookies: RequestContext['cookies'];
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
    { id: userId, documentId: userDocumentId = null }: NonNullable<UserRequest['state']['user']>,
  ): Caller => {
    const session = servicesOf(strapi).requests.states.peek(ctx)?.session;
    return {
      userId,
      userDocumentId,
      currentId: session?.userId === userId ? session.sessionId : null,
    };
  };

  const sessions = (): MySessions => servicesOf(strapi).actions.mySessions;

  /** Removes the refresh cookie of users-permissions from a browser that sent it. */
  function dropRefreshCookie(ctx: UserRequest): void {
    const { name } = refreshCookieOf(strapi);
    // The request is Koa's context; Strapi leaves it untyped.
    const context = ctx as unknown as RequestContext;
    if (ctx.cookies.get(name, { signed: false }) !== undefined) dropCookie(strapi, context, name);
  }

  const logOutCurrent = own(async (ctx, caller) => {
    const terminated = await sessions().terminate(caller, caller.currentId ?? '');
    dropRefreshCookie(ctx);
    return counted(terminated ? 1 : 0);
  });

  return {
    find: own(async (ctx, caller) => await sessions().page(caller, ownListQueryFrom(ctx.query))),

    current: own(async (ctx, caller) =>
      respondWith(ctx, await sessions().find(caller, caller.currentId ?? '')),
    ),

    terminate: own(async (ctx, caller) =>
      respondWith(ctx, await sessions().terminate(caller, ctx.params.id ?? '')),
    ),

    /** By a refresh token alone, it does not tell whether there was a session. */
    logout: async (ctx: UserRequest) => {
      const { logOut } = servicesOf(strapi).requests.states.open(ctx);
      if (!logOut) return await logOutCurrent(ctx);
      await logOut();
      dropRefreshCookie(ctx);
      return { data: { terminated: null } } satisfies LogoutResponse;
    },

    logoutAll: own(async (ctx, caller) => {
      const terminated = await sessions().terminateAll(caller);
      dropRefreshCookie(ctx);
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
