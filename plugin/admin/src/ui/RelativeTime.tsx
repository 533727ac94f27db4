import { Typography, type TypographyProps } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import { distanceToNow, distanceUntil } from '../wording/relativeTime';

interface RelativeTimeProps extends Pick<TypographyProps, 'textColor' | 'variant'> {
  /** The moment, in ISO 8601. */
  moment: string;
  /** Whether the moment is yet to come. */
  isFuture?: boolean;
}

/** Shows how long ago a moment was, or how far off it is; date and time to the second appear on hover. */
export function RelativeTime({ moment, isFuture = false, ...typography }: RelativeTimeProps) {
  const { formatDate, formatRelativeTime } = useIntl();
  const distance = isFuture ? distanceUntil : distanceToNow;
  const { value, unit } = distance(Date.parse(moment), Date.now());
  // "Yesterday" would be wrong for a good part of the moments one day and some hours ago.
  const numeric = value === 0 ? 'auto' : 'always';
  return (
    <Typography
      {...typography}
      tag="time"
      dateTime={moment}
      title={formatDate(moment, { dateStyle: 'full', timeStyle: 'medium' })}
    >
      {formatRelativeTime(value, unit, { numeric })}
    </Typography>
  );
}
