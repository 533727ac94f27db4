import { Typography } from '@strapi/design-system';

import type { SessionView } from '../../../../shared/contracts';
import { RelativeTime } from '../../ui/RelativeTime';

/** The time until a session ends by itself; a dash if it has ended, or if that is unknown. */
export function ExpiryLabel({ session }: { session: SessionView }) {
  return session.expiresAt === null ? (
    <Typography textColor="neutral600">–</Typography>
  ) : (
    <RelativeTime textColor="neutral800" moment={session.expiresAt} isFuture />
  );
}
