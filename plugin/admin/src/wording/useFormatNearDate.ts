import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { UNIT_MS } from './duration';

/** A weekday says enough of what is nearer than this. */
const NEAR_MS = 4 * UNIT_MS.day;

/** Provides a moment as people read it: weekday and time, or the date of what is far off. */
export function useFormatNearDate(): (ms: number) => string {
  const { formatDate } = useIntl();
  return useCallback(
    (ms) =>
      Math.abs(ms - Date.now()) < NEAR_MS
        ? formatDate(ms, { weekday: 'short', hour: 'numeric', minute: 'numeric' })
        : formatDate(ms, { dateStyle: 'medium' }),
    [formatDate],
  );
}
