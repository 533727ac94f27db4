import type { SessionView, TerminationReason } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import { BATCH_SIZE } from '../../stores/database/sql/batches';
import {
  liveOnly,
  matchesEverySession,
  type SessionFilter,
} from '../../stores/database/sessions/session-filter';
import type { SessionPages } from '../../stores/database/sessions/session-pages';
import type { SessionListReader } from '../views/session-list';
import type { Sessions } from '../sessions/sessions';

/** Terminates the live sessions that match a filter. */
export interface BulkTermination {
  /** Counts the matching sessions, and shows those seen last. */
  preview(filter: SessionFilter): Promise<{ count: number; sessions: SessionView[] }>;
  /**
   * Terminates the matching sessions that began before now, and returns their number.
   *
   * A filter without conditions also refuses the logins under way.
   */
  terminate(filter: SessionFilter, reason: TerminationReason): Promise<number>;
}

const PREVIEW_SIZE = 10;

export function createBulkTermination(
  pages: SessionPages,
  listing: SessionListReader,
  sessions: Sessions,
): BulkTermination {
  return {
    async preview(filter) {
      const live = liveOnly(filter);
      const { data } = await listing.page({
        ...live,
        page: 1,
        pageSize: PREVIEW_SIZE,
        sort: { field: 'lastSeenAt', direction: 'desc' },
      });
      // A list is limited to `MAX_FOUND` matches; a termination is not.
      return { count: await pages.count(live), sessions: data };
    },

    async terminate(filter, reason) {
      if (matchesEverySession(filter)) await sessions.revokeEveryone(reason);
      const walk = { filter, loggedInUntilMs: nowMs(), limit: BATCH_SIZE };
      let terminated = 0;
      let after = 0;
      for (;;) {
        const { sessionIds, last } = await pages.liveIds({ ...walk, after });
        if (sessionIds.length === 0) return terminated;
        await sessions.terminateMany(sessionIds, reason);
        terminated += sessionIds.length;
        after = last;
      }
    },
  };
}
