import type { RefreshReuseOutcome } from '../../../../shared/contracts';
import type { Core, RefreshDecision } from '../../../../shared/core';
import { createOncePerPeriod } from '../../async/once-per-period';
import type { CachedSession } from '../../stores/memory/session-cache';
import type { PublishEvent } from '../journal/event-hub';
import { SYSTEM, VISITOR } from '../requests/actor';
import type { Origin } from '../requests/login-facts';
import { networkOf } from '../requests/network';
import type { Terminations } from './terminations';

/** The decisions on a second use that is no retry. */
type ReuseDecision = Extract<RefreshDecision, 'tolerate' | 'refuse' | 'reuse'>;

/** The answer to a refresh token that is used a second time. */
export interface RefreshReuse {
  /**
   * Returns the fingerprint of an address and a device; `null` where one of them is unknown.
   *
   * An IPv6 address counts by its network of 64 bits.
   */
  fingerprintOf(origin: Origin): string | null;
  /** Carries out a decision: reports the reuse, and may terminate the session. */
  carryOut(decision: ReuseDecision, session: CachedSession): Promise<void>;
}

const OUTCOMES: Readonly<Record<ReuseDecision, RefreshReuseOutcome>> = {
  tolerate: 'tolerated',
  refuse: 'refused',
  reuse: 'terminated',
};

/** A client may repeat a refused token many times; in milliseconds. */
const REPORT_PERIOD_MS = 60 * 60_000;

/** The largest number of sessions that repeated reports are known of. */
const REPORTED_SESSIONS = 10_000;

/** Creates the answer to reuse; the core makes the decisions. */
export function createRefreshReuse(
  core: Core,
  terminations: Pick<Terminations, 'terminate'>,
  publish: PublishEvent,
): RefreshReuse {
  const isFirst = createOncePerPeriod(REPORT_PERIOD_MS, REPORTED_SESSIONS);

  return {
    fingerprintOf({ ip, userAgent }) {
      if (ip === null || userAgent === null) return null;
      return core.fingerprint(JSON.stringify([networkOf(core, ip), userAgent]));
    },

    async carryOut(decision, { sessionId, userId }) {
      const outcome = OUTCOMES[decision];
      const reuse = { session: { id: sessionId, userId, outcome } };
      if (decision === 'reuse' || isFirst(`${outcome} ${sessionId}`))
        publish('session.refresh-reused', reuse, VISITOR);
      if (decision === 'reuse') await terminations.terminate(sessionId, 'refresh_reuse', SYSTEM);
    },
  };
}
