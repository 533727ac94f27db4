import { Typography, type TypographyProps } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import { distanceToNow } from '../wording/relativeTime';

interface RelativeTimeProps extends Pick<TypographyProps, 'textColor' | 'variant'> {
  /** The moment, in ISO 8601. */
  moment: string;
}

/** Shows how long ago a moment was; date and time to the second appear on hover. */
export function RelativeTime({ moment, ...typography }: RelativeTimeProps) {
  const { formatDate, formatRelativeTime } = useIntl();
  const { value, unit } = distanceToNow(Date.parse(moment), Date.now());
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
