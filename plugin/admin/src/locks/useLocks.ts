import type { LockRow, LocksResponse } from '../../../shared/contracts';
import { useServerQuery, type Query, type ServerQuery } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';

const POLL_INTERVAL_MS = 10_000;

/** Loads the locked accounts and keeps them current. */
export function useLocks(): ServerQuery<LockRow[]> {
  return useServerQuery(ofLocks, { pollIntervalMs: POLL_INTERVAL_MS });
}

const ofLocks: Query<LockRow[]> = async (get) =>
  (await get<LocksResponse>(`/${PLUGIN_ID}/locks`)).data;
