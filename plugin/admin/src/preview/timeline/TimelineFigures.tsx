import { Box, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

import type { TimelineSession } from '../../../../shared/core';
import { useTranslate } from '../../wording/useTranslate';
import { useReasonName } from '../../wording/useReasonName';

const Grid = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[2]};
  grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
`;

/** The figures of a simulated session: writes saved, reactivations, termination and deletion. */
export function TimelineFigures({ session }: { session: TimelineSession }) {
  const t = useTranslate();
  const reasonName = useReasonName();
  const { formatDate, formatNumber } = useIntl();
  const { touchesWritten, touchesSaved, reactivations, reason, spans } = session;
  const requests = touchesWritten + touchesSaved;
  const last = spans.at(-1);
  const dateOf = (ms: number) => formatDate(ms, { dateStyle: 'medium' });
  const terminated = last?.state === 'terminated' ? last : null;
  return (
    <Grid tag="dl">
      <Figure
        name={t('timeline.saved')}
        detail={t('timeline.savedOf', { count: touchesSaved, requests })}
      >
        {formatNumber(requests === 0 ? 0 : touchesSaved / requests, { style: 'percent' })}
      </Figure>
      <Figure name={t('timeline.reactivations')} detail={t('timeline.reactivationsDetail')}>
        {formatNumber(reactivations)}
      </Figure>
      <Figure name={t('timeline.terminated')} detail={reason === null ? '' : reasonName(reason)}>
        {terminated === null ? t('timeline.never') : dateOf(terminated.fromMs)}
      </Figure>
      <Figure name={t('timeline.deleted')} detail={t('timeline.deletedDetail')}>
        {terminated === null || terminated.untilMs === null
          ? t('timeline.never')
          : dateOf(terminated.untilMs)}
      </Figure>
    </Grid>
  );
}

interface FigureProps {
  name: string;
  detail: string;
  children: ReactNode;
}

function Figure({ name, detail, children }: FigureProps) {
  return (
    <Box background="neutral100" hasRadius padding={3}>
      <Typography tag="dt" variant="pi" textColor="neutral600">
        {name}
      </Typography>
      <Typography tag="dd" variant="delta" textColor="neutral800">
        {children}
      </Typography>
      <Typography tag="dd" variant="pi" textColor="neutral600">
        {detail}
      </Typography>
    </Box>
  );
}
