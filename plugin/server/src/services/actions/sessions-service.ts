import type { SessionsService } from '../../../../shared/contracts';
import { EVERY_SESSION, liveOnly } from '../../stores/database/sessions/session-filter';
import type { SessionPages } from '../../stores/database/sessions/session-pages';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import { only } from '../../stores/database/sql/conditions';
import type { Sessions } from '../sessions/sessions';
import type { FactsOf } from '../views/session-facts';
import {
  BadArgument,
  checkInstant,
  checkReason,
  checkSessionId,
  checkUserId,
  statesIn,
} from './service-arguments';
import type { TokenCheck } from './token-check';

/** Dependencies of {@link createSessionsService}. */
export interface SessionsServiceParts {
  pages: SessionPages;
  sessions: Sessions;
  tokenCheck: TokenCheck;
  factsOf: FactsOf;
  /** Returns the session of a request's token. */
  sessionOf: (ctx: object) => { sessionId: string; userId: number } | null;
  isInRequest: () => boolean;
  /** Says which session the tokens of the current request belong to. */
  choose: (sessionId: string | null) => void;
}

/** The service without logins of two steps, which issue tokens. */
export type OwnSessionsService = Omit<SessionsService, 'begin'>;

const PAGE_SIZE = 1000;

/** Creates the service for an app's own code. */
export function createSessionsService(parts: SessionsServiceParts): OwnSessionsService {
  const { pages, sessions, tokenCheck, factsOf, sessionOf, isInRequest, choose } = parts;

  const terminateBefore: SessionsService['terminateBefore'] = async (who, atMs, reason) => {
    if (who !== 'everyone') checkUserId(who);
    checkInstant(atMs);
    checkReason(reason);
    await sessions.terminateBefore(who, atMs, reason);
  };

  return {
    async list(userId, { state } = {}) {
      checkUserId(userId);
      const states = state === undefined ? null : statesIn(state);
      const ofUser = { ...EVERY_SESSION, userId: only(userId) };
      const filter = states
        ? { ...ofUser, state: { among: states, except: [] } }
        : liveOnly(ofUser);
      const sort = { field: 'loggedInAt', direction: 'desc' } as const;
      const found: SessionRow[] = [];
      for (let page = 1; ; page += 1) {
        const { rows, total } = await pages.read({ ...filter, sort, page, pageSize: PAGE_SIZE });
        found.push(...rows);
        if (rows.length === 0 || found.length >= total) return found.map(factsOf);
      }
    },

    async terminate(sessionId, reason) {
      checkSessionId(sessionId);
      checkReason(reason);
      return await sessions.terminate(sessionId, reason);
    },

    async terminateAll(userId, reason) {
      checkUserId(userId);
      checkReason(reason);
      return await sessions.terminateAll(userId, reason);
    },

    terminateBefore,
    endBefore: terminateBefore,

    of(ctx) {
      // Code in JavaScript may pass anything.
      if (typeof (ctx as unknown) !== 'object' || (ctx as unknown) === null)
        throw new BadArgument('invalid_context', 'of() takes the context of a request');
      return sessionOf(ctx);
    },

    verify: (token) => tokenCheck.verify(token),
    isActive: (sessionId) => tokenCheck.isActive(sessionId),

    continue(sessionId) {
      if (sessionId !== null) checkSessionId(sessionId);
      if (!isInRequest())
        throw new BadArgument('no_request', 'continue() takes effect within a request only');
      choose(sessionId);
    },
  };
}
