import type { TerminationReason } from '../../../../shared/contracts';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { CachedSession } from '../../stores/memory/session-cache';
import { loadServerCore } from '../settings/load-core';
import type { AccountDecision } from './account-check';
import { cachedFrom } from './session-lookup';

/**
 * Returns why a session that is not live may not begin; `null` if it may.
 *
 * The end of every session of a user ends it as well, and so do another password and a block.
 */
export type UserRefusal = (row: SessionRow) => Promise<TerminationReason | null>;

/**
 * Creates the decision; the core decides.
 *
 * @param decideByAccount Decides on a session by the account of its user as it is now.
 */
export function createUserRefusal(
  notBefores: NotBeforeStore,
  decideByAccount: (session: CachedSession) => Promise<AccountDecision>,
): UserRefusal {
  const { revokedBy, RevokedBy } = loadServerCore();
  return async (row) => {
    for (const ended of await notBefores.findForUser(row.userId)) {
      const { atMs, reason, revocation, revocationReason } = ended;
      switch (revokedBy(atMs, revocation, row.loggedInAtMs, row.knownRevocation ?? 0)) {
        case RevokedBy.Number:
          return revocationReason;
        case RevokedBy.Instant:
          return reason;
        case RevokedBy.Nothing:
      }
    }
    const decision = await decideByAccount(cachedFrom(row, Number.NEGATIVE_INFINITY));
    return decision === 'keep' || decision === 'bind' ? null : decision;
  };
}
