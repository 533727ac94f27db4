import type { LoginProtectionService, SessionsService } from '../../shared/contracts';
import { servicesOf } from './compose';
import { beginLogin, type PendingLoginParts } from './seams/tokens/pending-login';
import type { Strapi } from './strapi';

export default {
  sessions: ({ strapi }: { strapi: Strapi }): SessionsService => {
    // An app may ask for the service before the plugin's services can be composed.
    const service = () => servicesOf(strapi).actions.sessionsService;
    return {
      list: (userId, options) => service().list(userId, options),
      terminate: (sessionId, reason) => service().terminate(sessionId, reason),
      terminateAll: (userId, reason) => service().terminateAll(userId, reason),
      terminateBefore: (who, atMs, reason) => service().terminateBefore(who, atMs, reason),
      endBefore: (who, atMs, reason) => service().endBefore(who, atMs, reason),
      of: (ctx) => service().of(ctx),
      verify: (token) => service().verify(token),
      isActive: (sessionId) => service().isActive(sessionId),
      begin: (user, options) => beginLogin(pendingLoginPartsOf(strapi), user, options),
      continue: (sessionId) => service().continue(sessionId),
    };
  },

  loginProtection: ({ strapi }: { strapi: Strapi }): LoginProtectionService => ({
    attempt: (attempt) => servicesOf(strapi).loginProtection.own.attempt(attempt),
  }),
};

function pendingLoginPartsOf(strapi: Strapi): PendingLoginParts {
  const { requests, sessions } = servicesOf(strapi);
  return {
    strapi,
    facts: requests.facts,
    requestStates: requests.states,
    binding: sessions.binding,
    sessions: sessions.sessions,
  };
}
