import { Typography } from '@strapi/design-system';

import type { SessionView } from '../../../../shared/contracts';
import { useMethodName } from '../../wording/useMethodName';
import { RelativeTime } from '../../ui/RelativeTime';
import { TwoLines } from '../../ui/TwoLines';

/** The time and method of the login. */
export function LoginLabel({ session }: { session: SessionView }) {
  const methodName = useMethodName();
  return (
    <TwoLines
      main={<RelativeTime textColor="neutral800" moment={session.loggedInAt} />}
      detail={
        <Typography variant="pi" textColor="neutral600">
          {methodName(session.method)}
        </Typography>
      }
    />
  );
}
