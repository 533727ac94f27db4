import type { Instant, NotBeforeStore } from '../../stores/database/not-before-store';
import { createNotBeforeCache, type Revocation } from '../../stores/memory/not-before-cache';

/** The later instant and the newer revocation of a user's own and everyone's. */
export interface LatestRevocation {
  instant: Instant | null;
  revocation: Revocation | null;
}

/** Reads what terminates the sessions of a user, in one statement. */
export async function readLatestRevocation(
  notBefores: Pick<NotBeforeStore, 'findForUser'>,
  userId: number,
): Promise<LatestRevocation> {
  const rows = createNotBeforeCache();
  for (const row of await notBefores.findForUser(userId)) rows.put(row);
  return { instant: rows.instantOf(userId), revocation: rows.revocationOf(userId) };
}
