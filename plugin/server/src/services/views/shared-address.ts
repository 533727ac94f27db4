import type { SharedAddress } from '../../../../shared/contracts';
import type { ActivityStore } from '../../stores/database/sessions/activity-store';

/** The number of the newest sessions that are looked at. */
const SESSIONS = 500;

/** Fewer users at one address are an office or a family. */
const MIN_USERS = 20;

/**
 * Finds the address from which more than half of the users of the newest sessions have logged in;
 * `null` if there is none, or if it is that of fewer than 20 users.
 *
 * Behind a proxy that Strapi does not trust, all users share the address of the proxy.
 */
export async function findSharedAddress(
  store: Pick<ActivityStore, 'newestOrigins'>,
): Promise<SharedAddress | null> {
  const usersOf = new Map<string, Set<number>>();
  const all = new Set<number>();
  for (const { ip, userId } of await store.newestOrigins(SESSIONS)) {
    all.add(userId);
    if (ip !== null) usersOf.set(ip, (usersOf.get(ip) ?? new Set()).add(userId));
  }
  for (const [ip, { size: users }] of usersOf) {
    if (users >= MIN_USERS && users > all.size / 2) return { ip, users };
  }
  return null;
}
