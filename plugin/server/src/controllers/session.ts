import type {
  BlockAnswer,
  CleanUpAnswer,
  SessionAnswer,
  SessionDetailsAnswer,
  ImpactFactsAnswer,
  SessionList,
  TerminateAllAnswer,
  TerminatePreviewAnswer,
} from '../../../shared/contracts';
import { managerOf } from '../compose';
import type { Strapi } from '../strapi';
import { bodyOf, checked } from './parsing/checked';
import { BadParameter, userIdFrom } from './parsing/parameters';
import { filterFrom, listQueryFrom } from './parsing/session-query';

const NO_SUCH_SESSION = 'There is no session with this id';

/** Answers the administrators' requests about sessions. */
export default function sessionController({ strapi }: { strapi: Strapi }) {
  const page = async (query: Record<string, unknown>): Promise<SessionList> =>
    await managerOf(strapi).listing.page(listQueryFrom(query));

  return {
    find: checked(async (ctx) => await page(ctx.query)),

    impactFacts: async (): Promise<ImpactFactsAnswer> => ({
      data: await managerOf(strapi).impactFacts.read(),
    }),

    cleanInactive: checked(async (ctx): Promise<CleanUpAnswer | undefined> => {
      const data = await managerOf(strapi).cleanUpJob.runNow();
      if (data) return { data };
      ctx.conflict('A clean-up is under way already');
      return undefined;
    }),

    findOne: checked(async (ctx): Promise<SessionDetailsAnswer | undefined> => {
      const data = await managerOf(strapi).details.find(ctx.params.sessionId ?? '');
      if (data) return { data };
      ctx.notFound(NO_SUCH_SESSION);
      return undefined;
    }),

    terminate: checked(async (ctx): Promise<SessionAnswer | undefined> => {
      const { sessionId = '' } = ctx.params;
      const { sessions, listing } = managerOf(strapi);
      await sessions.terminate(sessionId, 'admin');
      const data = await listing.find(sessionId);
      if (data) return { data };
      ctx.notFound(NO_SUCH_SESSION);
      return undefined;
    }),

    /** Ends what a filter names; one must be given, if only an empty one, which means all. */
    terminateMatching: checked(
      async (ctx): Promise<TerminateAllAnswer | TerminatePreviewAnswer> => {
        const body = bodyOf(ctx);
        const { dryRun = false } = body;
        if (typeof dryRun !== 'boolean') throw new BadParameter('dryRun', 'true or false');
        if (body.filters === undefined) throw new BadParameter('filters', 'an object');
        const filter = filterFrom(body);
        const { bulk } = managerOf(strapi);
        if (dryRun) return { data: await bulk.preview(filter) };
        return { data: { terminated: await bulk.terminate(filter, 'admin') } };
      },
    ),

    toggleBlock: checked(async (ctx): Promise<BlockAnswer | undefined> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      const blocked = await managerOf(strapi).blocking.toggle(userId);
      if (blocked !== null) return { data: { userId, blocked } };
      ctx.notFound('There is no user with this id');
      return undefined;
    }),

    findOfUser: checked(async (ctx) => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      return await page({ ...ctx.query, filters: { userId } });
    }),

    terminateAllOfUser: checked(async (ctx): Promise<TerminateAllAnswer> => {
      const userId = userIdFrom(ctx.params.userId, 'userId');
      return {
        data: { terminated: await managerOf(strapi).sessions.terminateAll(userId, 'admin') },
      };
    }),
  };
}
