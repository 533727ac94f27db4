import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { UNIT_MS } from './duration';

/** Within this time of now, a weekday is clear without a date. */
const NEAR_MS = 4 * UNIT_MS.day;

/** Formats an instant in Unix milliseconds: weekday and time if it is near, else the date. */
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
