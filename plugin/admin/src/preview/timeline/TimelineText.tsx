import { Box, Flex, Typography } from '@strapi/design-system';

import type { TerminationReason } from '../../../../shared/contracts';
import { useFormatNearDate } from '../../wording/useFormatNearDate';
import { useTranslate } from '../../wording/useTranslate';
import type { TimelineEntry } from './describeTimeline';
import { useReasonName } from '../../wording/useReasonName';

interface TimelineTextProps {
  entries: readonly TimelineEntry[];
  /** The reason of the termination; `null` if there is none. */
  reason: TerminationReason | null;
}

/** The timeline as a list of texts. */
export function TimelineText({ entries, reason }: TimelineTextProps) {
  const t = useTranslate();
  const reasonName = useReasonName();
  const momentOf = useFormatNearDate();

  const textOf = (entry: TimelineEntry): string => {
    switch (entry.kind) {
      case 'login':
        return t('timeline.event.login');
      case 'inactive':
        return t('timeline.event.inactive');
      case 'reactivated':
        return t('timeline.event.reactivated');
      case 'terminated':
        return t('timeline.event.terminated', {
          reason: reason === null ? '' : reasonName(reason),
        });
      case 'deleted':
        return t('timeline.event.deleted');
      case 'refused':
        return t('timeline.event.refused', { count: entry.count });
      case 'more':
        return t('timeline.event.more', { count: entry.count });
    }
  };

  return (
    <Box tag="ol" aria-label={t('timeline.events')}>
      {entries.map((entry) => (
        <Flex
          key={`${entry.kind} ${entry.atMs}`}
          tag="li"
          alignItems="baseline"
          gap={3}
          paddingTop={1}
          paddingBottom={1}
        >
          <Typography variant="pi" textColor="neutral600" width="13rem" flex="none">
            {entry.kind === 'more' ? '' : momentOf(entry.atMs)}
          </Typography>
          <Typography variant="pi" textColor="neutral800">
            {textOf(entry)}
          </Typography>
        </Flex>
      ))}
    </Box>
  );
}
