import { useCallback } from 'react';
import { useIntl } from 'react-intl';

import { UNIT_MS, unitOf } from './duration';

/** Provides a span of time as people read it, in the largest unit in which it is whole. */
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
