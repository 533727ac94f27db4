import { Typography } from '@strapi/design-system';

import type { SessionView } from '../../../../shared/contracts';
import { useReasonName } from '../../wording/useReasonName';
import { RelativeTime } from '../../ui/RelativeTime';
import { TwoLines } from '../../ui/TwoLines';

/** The reason and time of a session's termination; a dash before it. */
export function TerminationLabel({ session }: { session: SessionView }) {
  const reasonName = useReasonName();
  if (session.reason === null && session.terminatedAt === null) {
    return <Typography textColor="neutral600">–</Typography>;
  }
  return (
    <TwoLines
      main={
        session.reason !== null && (
          <Typography textColor="neutral800">{reasonName(session.reason)}</Typography>
        )
      }
      detail={
        session.terminatedAt !== null && (
          <RelativeTime variant="pi" textColor="neutral600" moment={session.terminatedAt} />
        )
      }
    />
  );
}
