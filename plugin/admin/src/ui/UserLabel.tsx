import { Box, Typography } from '@strapi/design-system';

import type { SessionUser } from '../../../shared/contracts';
import { useSessionLabels } from '../wording/useSessionLabels';
import { TwoLines } from './TwoLines';

interface UserLabelProps {
  user: SessionUser;
  /** Takes the room that there is; otherwise it is as narrow as a column of a table. */
  isWide?: boolean;
}

/** Shows who a user is: the name, and the e-mail address below it. */
export function UserLabel({ user, isWide = false }: UserLabelProps) {
  const { userName } = useSessionLabels();
  const { username, email } = user;
  const isDeleted = username === null && email === null;
  return (
    <Box minWidth={0} maxWidth={isWide ? '100%' : { initial: '18rem', medium: '24rem' }}>
      <TwoLines
        main={
          <Typography
            ellipsis
            fontWeight={isDeleted ? 'regular' : 'bold'}
            textColor={isDeleted ? 'neutral600' : 'neutral800'}
            maxWidth="100%"
          >
            {userName({ user })}
          </Typography>
        }
        detail={
          username !== null &&
          email !== null && (
            <Typography ellipsis variant="pi" textColor="neutral600" title={email} maxWidth="100%">
              {email}
            </Typography>
          )
        }
      />
    </Box>
  );
}
