import type { TerminationReason } from '../../../../shared/contracts';
import type { NotBeforeStore } from '../../stores/database/not-before-store';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { CachedSession } from '../../stores/memory/session-cache';
import { loadServerCore } from '../settings/load-core';
import type { AccountDecision } from './account-check';
import { readLatestRevocation } from './latest-revocation';
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
    const { instant, revocation } = await readLatestRevocation(notBefores, row.userId);
    const part = revokedBy(
      instant?.atMs ?? 0,
      revocation?.number ?? 0,
      row.loggedInAtMs,
      row.knownRevocation ?? 0,
    );
    if (revocation && part === RevokedBy.Number) return revocation.reason;
    if (instant && part === RevokedBy.Instant) return instant.reason;
    const decision = await decideByAccount(cachedFrom(row, Number.NEGATIVE_INFINITY));
    return decision === 'keep' || decision === 'bind' ? null : decision;
  };
}
