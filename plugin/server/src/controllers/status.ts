import type { CleanUpStatusAnswer, StatusAnswer } from '../../../shared/contracts';
import { managerOf } from '../manager';
import type { Strapi } from '../strapi';
import { checked } from './checked';
import { instantFrom } from './parameters';

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
