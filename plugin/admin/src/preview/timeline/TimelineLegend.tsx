import { Box, Flex, Typography } from '@strapi/design-system';

import { SESSION_STATES, type SessionState } from '../../../../shared/contracts';
import { useTranslate } from '../../wording/useTranslate';
import { STATE_NAMES } from '../../wording/stateNames';

const MARKS: Record<SessionState, { colour: string; height: string }> = {
  active: { colour: 'success600', height: '1.2rem' },
  inactive: { colour: 'warning600', height: '0.8rem' },
  terminated: { colour: 'neutral500', height: '0.4rem' },
};

/** The meaning of the timeline's bars. */
export function TimelineLegend() {
  const t = useTranslate();
  return (
    <Flex gap={4} wrap="wrap" aria-hidden>
      <Mark colour="primary200" height="1.2rem" name={t('timeline.requests')} />
      {SESSION_STATES.map((state) => (
        <Mark key={state} {...MARKS[state]} name={t(STATE_NAMES[state])} />
      ))}
    </Flex>
  );
}

interface MarkProps {
  colour: string;
  height: string;
  name: string;
}

function Mark({ colour, height, name }: MarkProps) {
  return (
    <Flex gap={2}>
      <Box background={colour} width="1.6rem" height={height} borderRadius="2px" />
      <Typography variant="pi" textColor="neutral600">
        {name}
      </Typography>
    </Flex>
  );
}
