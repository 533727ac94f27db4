import { managerOf } from './manager';
import type { Sessions } from './services/sessions';
import type { Strapi } from './strapi';

/** What an app's own code may call: `strapi.plugin('magic-sessionmanager').service('sessions')`. */
export type OfferedSessions = Pick<Sessions, 'endBefore'>;

export default {
  sessions: ({ strapi }: { strapi: Strapi }): OfferedSessions => ({
    endBefore: (who, atMs, reason) => managerOf(strapi).sessions.endBefore(who, atMs, reason),
  }),
};
