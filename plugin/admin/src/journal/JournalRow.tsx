import { Box, IconButton, Td, Tr, Typography } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import type { ComponentProps } from 'react';

import type { JournalEntryView } from '../../../shared/contracts';
import { useLocationLabel } from '../wording/useLocationLabel';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { RelativeTime } from '../ui/RelativeTime';
import { TwoLines } from '../ui/TwoLines';
import { ActorLabel } from './ActorLabel';
import { EventLabel } from './EventLabel';
import { UserButton } from './UserButton';

interface JournalRowProps extends Omit<ComponentProps<typeof Tr>, 'children'> {
  entry: JournalEntryView;
  onChooseUser: (userId: number) => void;
  onShowSession: (sessionId: string) => void;
}

/** One entry of the journal as a row of the table. It passes the table's props on to the row. */
export function JournalRow({ entry, onChooseUser, onShowSession, ...row }: JournalRowProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  const { sessionId, user, ip, location, userAgent } = entry;
  const network = useLocationLabel()(location);
  return (
    <Tr {...row}>
      <Td role="rowheader">
        <EventLabel entry={entry} />
      </Td>
      <Td>
        <RelativeTime textColor="neutral800" moment={entry.at} />
      </Td>
      <Td>{user === null ? <Nothing /> : <UserButton user={user} onChoose={onChooseUser} />}</Td>
      <Td>
        <ActorLabel entry={entry} />
      </Td>
      <Td>
        {ip === null ? (
          <Nothing />
        ) : (
          <Box title={userAgent ?? undefined}>
            <TwoLines
              main={<Typography textColor="neutral800">{ip}</Typography>}
              detail={
                network !== null && (
                  <Typography variant="pi" textColor="neutral600">
                    {network}
                  </Typography>
                )
              }
            />
          </Box>
        )}
      </Td>
      <Td>
        {sessionId !== null && user !== null && (
          <IconButton
            variant="ghost"
            label={t('journal.session', { user: userName({ user }) })}
            onClick={() => onShowSession(sessionId)}
          >
            <Eye />
          </IconButton>
        )}
      </Td>
    </Tr>
  );
}

function Nothing() {
  return <Typography textColor="neutral600">–</Typography>;
}
