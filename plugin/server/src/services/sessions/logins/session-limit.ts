import type { TerminationReason } from '../../../../../shared/contracts';
import type { Core, Settings } from '../../../../../shared/core';
import { nowMs } from '../../../clock';
import type { NotBeforeStore } from '../../../stores/database/not-before-store';
import type { SessionStore } from '../../../stores/database/sessions/session-store';
import { readLatestRevocation } from '../latest-revocation';

/** Thrown by a login beyond `maxSessionsPerUser`. */
export class SessionLimitReached extends Error {
  constructor() {
    super('the user has as many sessions as maxSessionsPerUser allows');
  }
}

/** Keeps a user's sessions within `maxSessionsPerUser`. */
export interface SessionLimit {
  /**
   * Applies the limit to a login that was just written.
   *
   * Concurrent logins see each other, because each is written before it is checked. The limit
   * therefore holds, but with `deny-new` both may be refused.
   *
   * @throws SessionLimitReached when the login is refused.
   */
  enforce(login: { sessionId: string; userId: number }): Promise<void>;
}

/** Dependencies of {@link createSessionLimit}. */
export interface SessionLimitParts {
  core: Core;
  settings: () => Settings;
  store: SessionStore;
  notBefores: Pick<NotBeforeStore, 'findForUser'>;
  terminate: (sessionIds: readonly string[], reason: TerminationReason) => Promise<void>;
}

/** Creates the session limit; the core decides. */
export function createSessionLimit(parts: SessionLimitParts): SessionLimit {
  const { core, settings, store, notBefores, terminate } = parts;
  return {
    async enforce({ sessionId, userId }) {
      // Without a limit nothing needs to be read.
      if (settings().maxSessionsPerUser < 0) return;
      const live = await store.liveOfUser(userId);
      const { instant, revocation } = await readLatestRevocation(notBefores, userId);
      const decision = core.decideLimit(
        live,
        sessionId,
        instant?.atMs ?? 0,
        revocation?.number ?? 0,
        nowMs(),
      );
      if (decision.type === 'evict') await terminate(decision.sessionIds, 'session_limit');
      if (decision.type !== 'deny') return;
      await terminate([sessionId], 'session_limit');
      throw new SessionLimitReached();
    },
  };
}
