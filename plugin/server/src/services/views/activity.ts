import { LIVE_STATES, ONLINE_WITHIN_MS, type Activity } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { ActivityStore } from '../../stores/database/sessions/activity-store';

/** Reads the activity of the site. */
export interface ActivityReader {
  read(): Promise<Activity>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOURS = 24;

export function createActivity(store: ActivityStore): ActivityReader {
  async function loginsByHour(now: number): Promise<number[]> {
    const counts: number[] = [];
    for (let hoursAgo = HOURS; hoursAgo > 0; hoursAgo -= 1) {
      const fromMs = now - hoursAgo * HOUR_MS;
      counts.push(await store.loginsBetween(fromMs, fromMs + HOUR_MS));
    }
    return counts;
  }

  return {
    async read() {
      const now = nowMs();
      const seenWithin = (ms: number) => store.seenSince(LIVE_STATES, now - ms);
      return {
        online: await store.seenSince(['active'], now - ONLINE_WITHIN_MS),
        last15Minutes: await seenWithin(15 * MINUTE_MS),
        last30Minutes: await seenWithin(30 * MINUTE_MS),
        // The current millisecond is included.
        loginsByHour: await loginsByHour(now + 1),
      };
    },
  };
}
