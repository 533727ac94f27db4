import type { RefusalReason, SessionEvents, TerminationReason } from '../../../../shared/contracts';
import { createOncePerPeriod } from '../../async/once-per-period';
import { createWriteBehind } from '../../async/write-behind';
import { nowMs } from '../../clock';
import type { RefusalStore } from '../../stores/database/sessions/refusal-store';
import type { RequestContext } from '../../strapi';
import { VISITOR } from '../requests/actor';
import type { RequestFacts } from '../requests/login-facts';
import type { PublishEvent } from './event-hub';

/** Publishes uses of the tokens of terminated sessions, at most once per session and hour. */
export interface RefusedTokens {
  /**
   * Publishes the use of a token that is signed and whose session is terminated; never waits and
   * never throws.
   *
   * Reasons that do not suggest that the token was stolen are left out.
   */
  record(session: { sessionId: string; userId: number }, reason: RefusalReason): void;
  /** Publishes all pending uses. */
  flush(): Promise<void>;
}

/** Dependencies of {@link createRefusedTokens}. */
export interface RefusedTokensParts {
  store: RefusalStore;
  publish: PublishEvent;
  /** Returns the current request. */
  request: () => RequestContext | undefined;
  facts: Pick<RequestFacts, 'originOf'>;
  /** Receives the first failure in a row. */
  failed: (error: unknown) => void;
}

type RefusedUse = SessionEvents['session.token-refused'];

const PERIOD_MS = 60 * 60_000;

/** The delay before pending uses are published, in milliseconds. */
const DELAY_MS = 500;

/** The maximum number of sessions whose last use is remembered; the database remembers the rest. */
const MAX_REMEMBERED = 20_000;

/** The maximum number of pending uses; a use beyond them is left to the next one of its session. */
const MAX_PENDING = 1000;

/**
 * Creates the records.
 *
 * The database decides which instance publishes a use. It is asked once per session, hour and
 * instance, and by one statement at a time, however many requests there are.
 */
export function createRefusedTokens(parts: RefusedTokensParts): RefusedTokens {
  const { store, publish, request, facts, failed } = parts;
  const passesHourly = createOncePerPeriod(PERIOD_MS, MAX_REMEMBERED);
  const pending: RefusedUse[] = [];

  async function publishPending(): Promise<void> {
    for (let use = pending[0]; use; use = pending[0]) {
      const isClaimed = await store.claim(use.session.id, nowMs(), PERIOD_MS);
      pending.shift();
      if (isClaimed) publish('session.token-refused', use, VISITOR);
    }
  }

  const writeBehind = createWriteBehind({
    delayMs: DELAY_MS,
    write: publishPending,
    report: failed,
  });
  return {
    record({ sessionId, userId }, reason) {
      if (!isTermination(reason) || isTimeout(reason)) return;
      if (pending.length >= MAX_PENDING || !passesHourly(sessionId)) return;
      pending.push({ session: { id: sessionId, userId, reason }, ...facts.originOf(request()) });
      writeBehind.schedule();
    },

    flush: () => writeBehind.flush(),
  };
}

/** The session of a token that was exchanged before may be in use. */
function isTermination(reason: RefusalReason): reason is TerminationReason {
  return reason !== 'unknown' && reason !== 'refresh_superseded';
}

/** Every client that was away for long uses its token once more. */
function isTimeout(reason: RefusalReason): boolean {
  return reason === 'idle' || reason === 'expired';
}
