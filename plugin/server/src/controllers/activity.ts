import type { ActivityResponse } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import type { Strapi } from '../strapi';

/** Serves `GET /activity`. */
export default function activityController({ strapi }: { strapi: Strapi }) {
  return {
    show: async (): Promise<ActivityResponse> => ({
      data: await servicesOf(strapi).views.activity.read(),
    }),
  };
}
