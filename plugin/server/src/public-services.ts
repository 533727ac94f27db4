import type { SessionsService } from '../../shared/contracts';
import { servicesOf } from './compose';
import type { Strapi } from './strapi';

export default {
  sessions: ({ strapi }: { strapi: Strapi }): SessionsService => ({
    terminateBefore: (who, atMs, reason) =>
      servicesOf(strapi).sessions.sessions.terminateBefore(who, atMs, reason),
    endBefore: (who, atMs, reason) =>
      servicesOf(strapi).sessions.sessions.terminateBefore(who, atMs, reason),
    continue: (sessionId) => servicesOf(strapi).sessions.continuation.choose(sessionId),
  }),
};
