import { useIntl } from 'react-intl';

import { distanceToNow } from './relativeTime';
import { useTranslate } from './useTranslate';

/** Formats a time, given in ISO 8601, as date, time and age. */
export function useFormatDateWithAge(): (moment: string) => string {
  const t = useTranslate();
  const { formatDate, formatRelativeTime } = useIntl();
  return (moment) => {
    const { value, unit } = distanceToNow(Date.parse(moment), Date.now());
    return t('details.moment', {
      exact: formatDate(moment, { dateStyle: 'medium', timeStyle: 'medium' }),
      relative: formatRelativeTime(value, unit, { numeric: value === 0 ? 'auto' : 'always' }),
    });
  };
}
