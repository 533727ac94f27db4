import { useCallback } from 'react';

import type { LockRow, OpenedPlace } from '../../../shared/contracts';
import { useServerAction } from '../data/useServerAction';
import { PLUGIN_ID } from '../pluginId';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';

/** The outcome of opening a place; `refused` if the server does not accept the address. */
export type OpenPlaceOutcome = 'opened' | 'refused' | 'failed';

/** The actions on a locked account. */
export interface LockActions {
  /** Lifts the locks; false if they may still exist. */
  lift: (lock: LockRow) => Promise<boolean>;
  /** Lets the user log in from the network of an address. */
  openPlace: (lock: LockRow, ip: string) => Promise<OpenPlaceOutcome>;
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;

/** Acts on locked accounts and notifies the administrator of each outcome. */
export function useLockActions(): LockActions {
  const { run } = useServerAction();
  const { userName } = useSessionLabels();
  const t = useTranslate();

  const lift = useCallback(
    async (lock: LockRow) => {
      const values = { user: userName(lock) };
      const outcome = await run(
        async ({ post }) => await post(`/${PLUGIN_ID}/user/${lock.userId}/unlock`),
        {
          success: () => t('locks.lifted', values),
          failure: t('locks.liftFailed', values),
          failureByStatus: { 403: t('locks.forbidden'), [NOT_FOUND]: t('locks.gone', values) },
        },
      );
      return outcome.type === 'done' || outcome.httpStatus === NOT_FOUND;
    },
    [run, t, userName],
  );

  const openPlace = useCallback(
    async (lock: LockRow, ip: string): Promise<OpenPlaceOutcome> => {
      const body: OpenedPlace = { ip };
      const user = userName(lock);
      const outcome = await run(
        async ({ post }) => await post(`/${PLUGIN_ID}/user/${lock.userId}/places`, body),
        {
          success: () => t('locks.placeOpened', { user, ip }),
          failure: t('locks.placeFailed'),
          failureByStatus: {
            [BAD_REQUEST]: t('locks.placeRefused'),
            403: t('locks.forbidden'),
            [NOT_FOUND]: t('locks.gone', { user }),
          },
        },
      );
      if (outcome.type === 'done') {
        return 'opened';
      }
      return outcome.httpStatus === BAD_REQUEST ? 'refused' : 'failed';
    },
    [run, t, userName],
  );

  return { lift, openPlace };
}
