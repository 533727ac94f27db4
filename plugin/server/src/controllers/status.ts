import type { CleanUpStatusAnswer, StatusAnswer } from '../../../shared/contracts';
import { managerOf } from '../compose';
import type { Strapi } from '../strapi';
import { checked } from './parsing/checked';
import { instantFrom } from './parsing/parameters';

/** Answers how the plugin and its sessions are doing. */
export default function statusController({ strapi }: { strapi: Strapi }) {
  return {
    show: checked(async (ctx): Promise<StatusAnswer> => {
      const sinceMs = instantFrom(ctx.query.since, 'since');
      return { data: await managerOf(strapi).status.read(sinceMs) };
    }),

    showCleanUp: checked(async (): Promise<CleanUpStatusAnswer> => {
      return { data: await managerOf(strapi).cleanUpJob.view() };
    }),
  };
}
