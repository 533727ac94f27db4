import { useIntl } from 'react-intl';

import { distanceToNow } from './relativeTime';
import { useTranslate } from './useTranslate';

/** A function that formats a time, given in ISO 8601. */
type FormatDate = (moment: string, distance?: typeof distanceToNow) => string;

/** Formats a time as date, time and age, or as date, time and the time until then. */
export function useFormatDateWithAge(): FormatDate {
  const t = useTranslate();
  const { formatDate, formatRelativeTime } = useIntl();
  return (moment, distance = distanceToNow) => {
    const { value, unit } = distance(Date.parse(moment), Date.now());
    return t('details.moment', {
      exact: formatDate(moment, { dateStyle: 'medium', timeStyle: 'medium' }),
      relative: formatRelativeTime(value, unit, { numeric: value === 0 ? 'auto' : 'always' }),
    });
  };
}
