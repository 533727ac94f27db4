import type { CleanUpStatusResponse, StatusResponse } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import type { Strapi } from '../strapi';
import { checked } from './parsing/checked';
import { instantFrom } from './parsing/parameters';

/** Serves the status of the plugin and of the clean-up. */
export default function statusController({ strapi }: { strapi: Strapi }) {
  return {
    show: checked(async (ctx): Promise<StatusResponse> => {
      const sinceMs = instantFrom(ctx.query.since, 'since');
      return { data: await servicesOf(strapi).views.status.read(sinceMs) };
    }),

    showCleanUp: checked(async (): Promise<CleanUpStatusResponse> => {
      return { data: await servicesOf(strapi).cleanUp.view() };
    }),
  };
}
