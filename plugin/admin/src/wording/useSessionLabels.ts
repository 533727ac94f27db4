import { useMemo } from 'react';

import type { DeviceView, SessionUser } from '../../../shared/contracts';
import { useTranslate } from './useTranslate';

/** The texts that name a session. */
export interface SessionLabels {
  /** User name, else e-mail address, else the number of a deleted account. */
  userName: (session: { user: SessionUser }) => string;
  /** Browser and operating system, if known. */
  deviceName: (device: DeviceView) => string;
}

/** Gives the texts that name a session, in the administrator's language. */
export function useSessionLabels(): SessionLabels {
  const t = useTranslate();
  return useMemo(
    () => ({
      userName: ({ user }) =>
        user.username ?? user.email ?? t('user.deleted', { id: String(user.id) }),
      deviceName: ({ browser, os }) =>
        [browser, os].filter((part) => part !== null).join(' · ') || t('device.unknown'),
    }),
    [t],
  );
}
