import type { LoginProtectionService, SessionsService } from '../../shared/contracts';
import { servicesOf } from './compose';
import type { Strapi } from './strapi';

export default {
  sessions: ({ strapi }: { strapi: Strapi }): SessionsService => ({
    terminateBefore: (who, atMs, reason) =>
      servicesOf(strapi).sessions.sessions.terminateBefore(who, atMs, reason),
    endBefore: (who, atMs, reason) =>
      servicesOf(strapi).sessions.sessions.terminateBefore(who, atMs, reason),
    verify: (token) => servicesOf(strapi).actions.tokenCheck.verify(token),
    isActive: (sessionId) => servicesOf(strapi).actions.tokenCheck.isActive(sessionId),
    continue: (sessionId) => servicesOf(strapi).sessions.continuation.choose(sessionId),
  }),

  loginProtection: ({ strapi }: { strapi: Strapi }): LoginProtectionService => ({
    attempt: (attempt) => servicesOf(strapi).loginProtection.own.attempt(attempt),
  }),
};
