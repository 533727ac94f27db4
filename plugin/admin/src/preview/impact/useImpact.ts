import { useEffect, useState } from 'react';

import type { Settings } from '../../../../shared/core';
import { impactOf, type Impact } from './impact';
import { serverTimeMs, type StoredSessions } from './storedSessions';
import type { LoadedCore } from '../../core/useCore';

/** Computes the effect of settings on the stored sessions; the last result stays until the new one. */
export function useImpact(
  core: LoadedCore,
  settings: Settings,
  sessions: StoredSessions,
): Impact | null {
  const [computed, setComputed] = useState<{ of: StoredSessions; impact: Impact } | null>(null);
  useEffect(() => {
    let isOutdated = false;
    const nowMs = serverTimeMs(sessions, Date.now());
    void impactOf(core, settings, sessions, nowMs, () => isOutdated).then((impact) => {
      if (impact !== null && !isOutdated) {
        setComputed({ of: sessions, impact });
      }
    });
    return () => {
      isOutdated = true;
    };
  }, [core, settings, sessions]);
  return computed?.of === sessions ? computed.impact : null;
}
