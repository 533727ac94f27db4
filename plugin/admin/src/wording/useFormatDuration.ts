import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { UNIT_MS, unitOf } from './duration';

/** Formats a duration in milliseconds, in the largest unit that gives a whole number. */
export function useFormatDuration(): (ms: number) => string {
  const { formatNumber } = useIntl();
  return useCallback(
    (ms) => {
      const unit = unitOf(ms);
      return formatNumber(ms / UNIT_MS[unit], { style: 'unit', unit, unitDisplay: 'long' });
    },
    [formatNumber],
  );
}
