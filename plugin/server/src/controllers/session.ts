import type {
  BlockResponse,
  CleanUpResponse,
  SessionResponse,
  SessionDetailsResponse,
  ImpactFactsResponse,
  SessionList,
  TerminateAllResponse,
  TerminatePreviewResponse,
} from '../../../shared/contracts';
import { servicesOf } from '../compose';
import type { Strapi } from '../strapi';
import { bodyOf, checked } from './parsing/checked';
import { BadParameter, userIdFrom } from './parsing/parameters';
import { listQueryFrom, terminationFilterFrom } from './parsing/session-query';

const NO_SUCH_SESSION = 'There is no session with this id';
const NO_SUCH_USER = 'There is no user with this id';

/** Serves the administrators' API of sessions. */
export default function sessionController({ strapi }: { strapi: Strapi }) {
  const page = async (query: Record<string, unknown>): Promise<SessionList> =>
    await servicesOf(strapi).views.sessionList.page(listQueryFrom(query));

  return {
    find: checked(async (ctx) => await page(ctx.query)),

    impactFacts: async (): Promise<ImpactFactsResponse> => ({
      data: await servicesOf(strapi).views.impactFacts.read(),
    }),

    cleanInactive: checked(async (ctx): Promise<CleanUpResponse | undefined> => {
      const data = await servicesOf(strapi).cleanUp.runNow();
      if (data) return { data };
      ctx.conflict('A clean-up is running already');
      return undefined;
    }),

    findOne: checked(async (ctx): Promise<SessionDetailsResponse | undefined> => {
      const data = await servicesOf(strapi).views.sessionDetails.find(ctx.params.sessionId ?? '');
      if (data) return { data };
      ctx.notFound(NO_SUCH_SESSION);
      return undefined;
    }),

    terminate: checked(async (ctx): Promise<SessionResponse | undefined> => {
      const { sessionId = '' } = ctx.params;
      const { sessions, views } = servicesOf(strapi);
      await sessions.sessions.terminate(sessionId, 'admin');
      const data = await views.sessionList.find(sessionId);
      if (data) return { data };
      ctx.notFound(NO_SUCH_SESSION);
      return undefined;
    }),

    /**
     * Terminates the sessions that match a filter; the filter is required, and an empty one matches
     * all.
     */
    terminateMatching: checked(
      async (ctx): Promise<TerminateAllResponse | TerminatePreviewResponse> => {
        const body = bodyOf(ctx);
        const { dryRun = false } = body;
        if (typeof dryRun !== 'boolean') throw new BadParameter('dryRun', 'true or false');
        const filter = terminationFilterFrom(body);
        const { bulkTermination } = servicesOf(strapi).actions;
        if (dryRun) return { data: await bulkTermination.preview(filter) };
        return { data: { terminated: await bulkTermination.terminate(filter, 'admin') } };
      },
    ),

    block: checked(async (ctx): Promise<BlockResponse | undefined> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      const { blocked } = bodyOf(ctx);
      if (typeof blocked !== 'boolean') throw new BadParameter('blocked', 'true or false');
      if (await servicesOf(strapi).users.blocking.set(userId, blocked))
        return { data: { userId, blocked } };
      ctx.notFound(NO_SUCH_USER);
      return undefined;
    }),

    toggleBlock: checked(async (ctx): Promise<BlockResponse | undefined> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      const blocked = await servicesOf(strapi).users.blocking.toggle(userId);
      if (blocked !== null) return { data: { userId, blocked } };
      ctx.notFound(NO_SUCH_USER);
      return undefined;
    }),

    findOfUser: checked(async (ctx) => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      return await page({ ...ctx.query, filters: { userId } });
    }),

    terminateAllOfUser: checked(async (ctx): Promise<TerminateAllResponse> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      return {
        data: {
          terminated: await servicesOf(strapi).sessions.sessions.terminateAll(userId, 'admin'),
        },
      };
    }),
  };
}
