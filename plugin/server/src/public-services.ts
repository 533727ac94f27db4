import type { OfferedSessions } from '../../shared/contracts';
import { managerOf } from './compose';
import type { Strapi } from './strapi';

export default {
  sessions: ({ strapi }: { strapi: Strapi }): OfferedSessions => ({
    endBefore: (who, atMs, reason) => managerOf(strapi).sessions.endBefore(who, atMs, reason),
  }),
};
