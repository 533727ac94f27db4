import type { SessionView, TerminationReason } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import { BATCH_SIZE } from '../../stores/database/sql/batches';
import type { SessionFilter } from '../../stores/database/sessions/session-filter';
import type { SessionPages } from '../../stores/database/sessions/session-pages';
import type { SessionListReader } from '../views/session-list';
import type { Sessions } from '../sessions/sessions';

/** Ends many sessions by a filter; those that have terminated are never meant. */
export interface BulkTermination {
  /** Says how many sessions would end, and shows those seen last. */
  preview(filter: SessionFilter): Promise<{ count: number; sessions: SessionView[] }>;
  /** Ends the matching sessions that began before now, and gives their number. */
  terminate(filter: SessionFilter, reason: TerminationReason): Promise<number>;
}

const PREVIEW_SIZE = 10;

/** Makes the way to end sessions by filter. */
export function createBulkTermination(
  pages: SessionPages,
  listing: SessionListReader,
  sessions: Sessions,
): BulkTermination {
  return {
    async preview(filter) {
      const live = { ...filter, liveOnly: true };
      const { data } = await listing.page({
        ...live,
        page: 1,
        pageSize: PREVIEW_SIZE,
        sort: { field: 'lastSeenAt', direction: 'desc' },
      });
      // A list may leave some out, an end must not.
      return { count: await pages.count(live), sessions: data };
    },

    async terminate(filter, reason) {
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
