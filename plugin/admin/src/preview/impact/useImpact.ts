import { useEffect, useState } from 'react';

import type { Settings } from '../../../../shared/core';
import { impactOf, type Impact } from './impact';
import { serverTimeMs, type StoredSessions } from './storedSessions';
import type { LoadedCore } from '../../core/useCore';

/** Gives what settings do to the stored sessions; until that is known, what other settings did. */
export function useImpact(
  core: LoadedCore,
  settings: Settings,
  sessions: StoredSessions,
): Impact | null {
  const [judged, setJudged] = useState<{ of: StoredSessions; impact: Impact } | null>(null);
  useEffect(() => {
    let isOutdated = false;
    const nowMs = serverTimeMs(sessions, Date.now());
    void impactOf(core, settings, sessions, nowMs, () => isOutdated).then((impact) => {
      if (impact !== null && !isOutdated) {
        setJudged({ of: sessions, impact });
      }
    });
    return () => {
      isOutdated = true;
    };
  }, [core, settings, sessions]);
  return judged?.of === sessions ? judged.impact : null;
}
