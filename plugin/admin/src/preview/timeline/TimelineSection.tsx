import {
  Box,
  Field,
  Flex,
  IconButton,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useMemo, useState } from 'react';

import type { Settings } from '../../../../shared/core';
import type { LoadedCore } from '../../core/useCore';
import { useFormatDuration } from '../../wording/useFormatDuration';
import { useTranslate } from '../../wording/useTranslate';
import { UNIT_MS } from '../../wording/duration';
import { describeTimeline } from './describeTimeline';
import { instantOf, scriptOf, USUAL_DAY } from './sampleDay';
import { midnightBefore } from '../../data/calendarDay';
import { TimelineFigures } from './TimelineFigures';
import { TimelineLegend } from './TimelineLegend';
import { TimelineText } from './TimelineText';
import { SectionTitle } from '../../ui/SectionTitle';
import { Timeline } from './Timeline';

/** The times between two requests to choose from. */
const INTERVALS_MS = [
  10 * UNIT_MS.second,
  30 * UNIT_MS.second,
  UNIT_MS.minute,
  5 * UNIT_MS.minute,
  20 * UNIT_MS.minute,
];

/** Simulates a session under some settings, on a day that can be changed. */
export function TimelineSection({ core, settings }: { core: LoadedCore; settings: Settings }) {
  const t = useTranslate();
  const durationOf = useFormatDuration();
  const [day, setDay] = useState(USUAL_DAY);
  const [everyMs, setEveryMs] = useState(10 * UNIT_MS.second);
  const [midnightMs] = useState(() => Date.parse(midnightBefore(Date.now())));

  const simulation = useMemo(
    () => core.simulate(settings, scriptOf(day, everyMs), instantOf(midnightMs, day.login)),
    [core, settings, day, everyMs, midnightMs],
  );
  const [session] = simulation.sessions;
  if (session === undefined) {
    return null;
  }
  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3} minHeight="3.2rem">
        <Box>
          <SectionTitle>{t('timeline.title')}</SectionTitle>
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
            {t('timeline.hint')}
          </Typography>
        </Box>
        {day !== USUAL_DAY && (
          <IconButton
            type="button"
            variant="ghost"
            label={t('timeline.reset')}
            onClick={() => setDay(USUAL_DAY)}
          >
            <ArrowClockwise />
          </IconButton>
        )}
      </Flex>
      <Timeline day={day} session={session} midnightMs={midnightMs} onChange={setDay} />
      <TimelineLegend />
      <Field.Root width="100%">
        <Field.Label>{t('timeline.every')}</Field.Label>
        <SingleSelect value={everyMs} onChange={(chosen) => setEveryMs(Number(chosen))}>
          {INTERVALS_MS.map((ms) => (
            <SingleSelectOption key={ms} value={ms}>
              {durationOf(ms)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <TimelineFigures session={session} />
      <TimelineText entries={describeTimeline(session)} reason={session.reason} />
    </Flex>
  );
}
