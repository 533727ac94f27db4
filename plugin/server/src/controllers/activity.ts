import type { ActivityAnswer } from '../../../shared/contracts';
import { managerOf } from '../compose';
import type { Strapi } from '../strapi';

/** Answers how busy the site is. */
export default function activityController({ strapi }: { strapi: Strapi }) {
  return {
    show: async (): Promise<ActivityAnswer> => ({ data: await managerOf(strapi).activity.read() }),
  };
}
