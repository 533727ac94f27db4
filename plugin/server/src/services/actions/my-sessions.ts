import type { OwnSession, OwnSessionList } from '../../../../shared/contracts';
import type { ListQuery, SessionPages } from '../../stores/database/sessions/session-pages';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { only, paginationOf } from '../views/session-list';
import type { FactsOf } from '../views/session-facts';
import type { Sessions } from '../sessions/sessions';

/** The user of a request, and its session; `null` where that is unknown. */
export interface Caller {
  userId: number;
  userDocumentId: string | null;
  currentId: string | null;
}

/** The users' API for their own sessions. */
export interface MySessions {
  page(caller: Caller, query: ListQuery): Promise<OwnSessionList>;
  /** Returns one session; `null` if the caller has none with this id. */
  find(caller: Caller, sessionId: string): Promise<OwnSession | null>;
  /** Terminates one session and returns it; `null` if the caller has none with this id. */
  terminate(caller: Caller, sessionId: string): Promise<OwnSession | null>;
  /** Terminates every session and returns their number. */
  terminateAll(caller: Caller): Promise<number>;
  /**
   * Terminates every session but the current one and returns their number; `null` if that is
   * unknown.
   */
  terminateOthers(caller: Caller): Promise<number | null>;
}

export function createMySessions(
  store: SessionStore,
  pages: SessionPages,
  sessions: Sessions,
  factsOf: FactsOf,
): MySessions {
  const view = (caller: Caller, row: SessionRow): OwnSession => ({
    ...factsOf(row),
    current: row.sessionId === caller.currentId,
  });

  const find: MySessions['find'] = async (caller, sessionId) => {
    const row = await store.find(sessionId);
    if (row?.userId !== caller.userId || row.userDocumentId !== caller.userDocumentId) return null;
    return view(caller, row);
  };

  return {
    find,

    async page(caller, query) {
      const { rows, total } = await pages.read({ ...query, userId: only(caller.userId) });
      return {
        data: rows.map((row) => view(caller, row)),
        meta: { pagination: paginationOf(query, total) },
      };
    },

    async terminate(caller, sessionId) {
      const session = await find(caller, sessionId);
      if (!session) return null;
      await sessions.terminate(sessionId, session.current ? 'logout' : 'logout_remote');
      return await find(caller, sessionId);
    },

    async terminateAll(caller) {
      return await sessions.terminateAll(caller.userId, 'logout_all');
    },

    async terminateOthers({ userId, currentId }) {
      if (currentId === null) return null;
      return await sessions.terminateAll(userId, 'logout_others', currentId);
    },
  };
}
