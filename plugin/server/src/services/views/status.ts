import {
  ONLINE_WITHIN_MS,
  type FeedView,
  type PrincipalCacheView,
  type RedisView,
  type StatusResponse,
} from '../../../../shared/contracts';
import { trapCount } from '../../../../shared/traps';
import { version } from '../../../../package.json';
import { nowMs } from '../../clock';
import { EVERY_SESSION } from '../../stores/database/sessions/session-filter';
import { only } from '../../stores/database/sql/conditions';
import type { ActivityStore } from '../../stores/database/sessions/activity-store';
import type { SessionPages } from '../../stores/database/sessions/session-pages';
import type { CleanUpJob } from '../clean-up/clean-up-job';
import type { Geography } from '../geography/geography';
import { wasmIdentity } from '../settings/wasm-identity';
import { LEASE_MS, type TerminationFeed } from '../instances/termination-feed';
import type { LiveSettings } from '../settings/live-settings';
import type { Resealing } from '../encryption/resealing';
import type { SealCount } from '../encryption/seal-count';
import { findSharedAddress } from './shared-address';
import type { Protection } from './protection';

/** Reads the status of the plugin and its sessions. */
export interface Status {
  /** Reads the status; counts terminations since `sinceMs`, or since midnight UTC if `null`. */
  read(sinceMs: number | null): Promise<StatusResponse['data']>;
}

const DAY_MS = 86_400_000;

/** Dependencies of {@link createStatus}. */
export interface StatusParts {
  pages: SessionPages;
  activity: Pick<ActivityStore, 'newestOrigins'>;
  settings: LiveSettings;
  cleanUpJob: CleanUpJob;
  resealing: Resealing;
  sealCount: SealCount;
  feed: TerminationFeed;
  protection: Protection;
  principals: { view: () => PrincipalCacheView | null };
  redis: { view: () => RedisView | null; instances: () => number };
  geography: Pick<Geography, 'files'>;
}

/** Creates the status of this process. */
export function createStatus({
  pages,
  activity,
  settings,
  cleanUpJob,
  resealing,
  sealCount,
  feed,
  protection,
  principals,
  redis,
  geography,
}: StatusParts): Status {
  async function resealingView(): Promise<StatusResponse['data']['resealing']> {
    const progress = await resealing.progress();
    if (!progress) return null;
    const { resealed, unknown, done } = progress;
    return { resealed, unknown, done };
  }

  function redisView(): RedisView | null {
    const view = redis.view();
    return view && { ...view, pingMs: toTenths(view.pingMs) };
  }

  function feedView(): FeedView {
    const { ageMs, tookMs } = feed.view();
    return { ageMs: toTenths(ageMs), tookMs: toTenths(tookMs) };
  }

  return {
    async read(sinceMs) {
      const now = nowMs();
      const since = { fromMs: sinceMs ?? now - (now % DAY_MS), toMs: null };
      const seen = { fromMs: now - ONLINE_WITHIN_MS, toMs: null };
      const states = await pages.countStates();
      return {
        version,
        ...wasmIdentity(),
        traps: trapCount(),
        unprotected: [...protection.unprotected()],
        key: settings.key(),
        resealing: await resealingView(),
        seals: { total: await sealCount.total(), warnAt: sealCount.warnAt },
        cleanUp: await cleanUpJob.last(),
        instances: redis.view() && redis.instances(),
        redis: redisView(),
        feed: feedView(),
        geoFiles: geography.files(),
        principalCache: principals.view(),
        leaseMs: LEASE_MS,
        sharedAddress: await findSharedAddress(activity),
        sessions: {
          active: states.get('active') ?? 0,
          inactive: states.get('inactive') ?? 0,
          terminated: states.get('terminated') ?? 0,
          online: await pages.count({ ...EVERY_SESSION, state: only('active'), lastSeenAt: seen }),
          terminatedSince: await pages.count({
            ...EVERY_SESSION,
            state: only('terminated'),
            terminatedAt: since,
          }),
        },
      };
    },
  };
}

function toTenths(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
