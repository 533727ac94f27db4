import { useCallback } from 'react';

import type { AddressLock, AddressLocksResponse, UnlockedAddress } from '../../../shared/contracts';
import { useServerAction } from '../data/useServerAction';
import { useServerQuery, type Query, type ServerQuery } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';
import { useTranslate } from '../wording/useTranslate';

const POLL_INTERVAL_MS = 10_000;
const ROUTE = `/${PLUGIN_ID}/locks/addresses`;

/** Loads the locked addresses and keeps them current. */
export function useAddressLocks(): ServerQuery<AddressLock[]> {
  return useServerQuery(ofAddresses, { pollIntervalMs: POLL_INTERVAL_MS });
}

const ofAddresses: Query<AddressLock[]> = async (get) =>
  (await get<AddressLocksResponse>(ROUTE)).data;

/** Lifts the lock of an address, and notifies the administrator; false if it may still exist. */
export function useLiftAddress(): (ip: string) => Promise<boolean> {
  const { run } = useServerAction();
  const t = useTranslate();
  return useCallback(
    async (ip: string) => {
      const body: UnlockedAddress = { ip };
      const outcome = await run(async ({ post }) => await post(`${ROUTE}/unlock`, body), {
        success: () => t('locks.lifted', { user: ip }),
        failure: t('locks.liftFailed', { user: ip }),
        failureByStatus: { 403: t('locks.forbidden') },
      });
      return outcome.type === 'done';
    },
    [run, t],
  );
}
