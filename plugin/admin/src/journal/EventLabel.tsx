import { Box, Flex, Typography } from '@strapi/design-system';

import type { JournalEntryView } from '../../../shared/contracts';
import { useJournalLabels } from '../wording/useJournalLabels';
import { TwoLines } from '../ui/TwoLines';
import { EventIcon } from './EventIcon';

/** The event of an entry, with its reason, method or result below. */
export function EventLabel({ entry }: { entry: JournalEntryView }) {
  const { eventName, detailsOf } = useJournalLabels();
  return (
    <Flex
      gap={3}
      alignItems="flex-start"
      paddingTop={4}
      paddingBottom={4}
      minWidth={{ initial: '18rem', medium: '22rem' }}
      style={WRAPPED}
    >
      <Box paddingTop={1} flex="none">
        <EventIcon event={entry.what} />
      </Box>
      <TwoLines
        main={
          <Typography fontWeight="bold" textColor="neutral800">
            {eventName(entry)}
          </Typography>
        }
        detail={detailsOf(entry).map((detail) => (
          <Typography key={detail} variant="pi" textColor="neutral600">
            {detail}
          </Typography>
        ))}
      />
    </Flex>
  );
}

/** Without it, the table keeps cells to one line and pushes the other columns off a phone's screen. */
const WRAPPED = { whiteSpace: 'normal' } as const;
