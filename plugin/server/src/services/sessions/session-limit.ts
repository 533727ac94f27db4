import type { TerminationReason } from '../../../../shared/contracts';
import type { Core, Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { SessionStore } from '../../stores/database/sessions/session-store';

/** Is thrown by a login of a user who has as many sessions as allowed. */
export class SessionLimitReached extends Error {
  constructor() {
    super('the user has as many sessions as maxSessionsPerUser allows');
  }
}

/** Keeps a user's sessions within `maxSessionsPerUser`. */
export interface SessionLimit {
  /**
   * Judges a login that has just been written down; throws {@link SessionLimitReached} when it is refused.
   *
   * Logins at the same time see each other whichever comes first, as each is written before any is
   * judged: the limit holds, though with `deny-new` both may be refused.
   */
  enforce(login: { sessionId: string; userId: number }): Promise<void>;
}

/** What {@link createSessionLimit} works with. */
export interface SessionLimitParts {
  core: Core;
  settings: () => Settings;
  store: SessionStore;
  terminate: (sessionIds: readonly string[], reason: TerminationReason) => Promise<void>;
}

/** Puts the core's decision between a login and the sessions its user has already. */
export function createSessionLimit(parts: SessionLimitParts): SessionLimit {
  const { core, settings, store, terminate } = parts;
  return {
    async enforce({ sessionId, userId }) {
      const { maxSessionsPerUser, onLimit } = settings();
      if (maxSessionsPerUser < 0) return;
      const live = await store.liveOfUser(userId);
      // Which login is the surplus one has to be the same for all who ask.
      const newcomer = onLimit === 'deny-new' ? sessionId : live.at(-1)?.sessionId;
      const others = live.filter((session) => session.sessionId !== newcomer);
      const decision = core.decideLimit(others, nowMs());
      if (decision.type === 'evict') await terminate(decision.sessionIds, 'session_limit');
      if (decision.type !== 'deny') return;
      await terminate([sessionId], 'session_limit');
      throw new SessionLimitReached();
    },
  };
}
