import type {
  BlockAnswer,
  CleanUpAnswer,
  SessionList,
  TerminateAllAnswer,
  TerminatePreviewAnswer,
} from '../../../shared/contracts';
import { managerOf } from '../manager';
import type { Strapi } from '../strapi';
import { bodyOf, checked, type Request } from './checked';
import { BadParameter, filterFrom, listQueryFrom, userIdFrom } from './list-query';

/** Answers the administrators' requests about sessions. */
export default function sessionController({ strapi }: { strapi: Strapi }) {
  const page = async (query: Record<string, unknown>): Promise<SessionList> =>
    await managerOf(strapi).listing.page(listQueryFrom(query));

  const show = async (ctx: Request, sessionId: string): Promise<unknown> => {
    const data = await managerOf(strapi).listing.find(sessionId);
    if (data) return { data };
    ctx.notFound('There is no session with this id');
    return undefined;
  };

  return {
    find: checked(async (ctx) => await page(ctx.query)),

    cleanInactive: checked(async (ctx): Promise<CleanUpAnswer | undefined> => {
      const data = await managerOf(strapi).cleanUpJob.runNow();
      if (data) return { data };
      ctx.conflict('A clean-up is under way already');
      return undefined;
    }),

    findOne: checked(async (ctx) => await show(ctx, ctx.params.sessionId ?? '')),

    terminate: checked(async (ctx) => {
      const { sessionId = '' } = ctx.params;
      await managerOf(strapi).sessions.terminate(sessionId, 'admin');
      return await show(ctx, sessionId);
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
