import { Box } from '@strapi/design-system';
import { useRef } from 'react';

import type { TimelineSession } from '../../../../shared/core';
import { useElementWidth } from '../../ui/hooks/useElementWidth';
import { useTranslate } from '../../wording/useTranslate';
import { MOMENTS, type SampleDay, withMoment } from './sampleDay';
import { timelineScale } from './timelineScale';
import { DayLane } from './DayLane';
import { MomentHandle } from './MomentHandle';
import { StateLane } from './StateLane';
import { TIMELINE } from './timelineLayout';

interface TimelineProps {
  day: SampleDay;
  session: TimelineSession;
  /** The first midnight, in Unix milliseconds. */
  midnightMs: number;
  onChange: (day: SampleDay) => void;
}

/** Draws a user's day and, below it, the states of the session. The moments can be moved. */
export function Timeline({ day, session, midnightMs, onChange }: TimelineProps) {
  const t = useTranslate();
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const scale = timelineScale(width);
  return (
    <Box ref={frame} width="100%" minHeight={`${TIMELINE.height}px`}>
      {width > 0 && (
        <svg
          width={width}
          height={TIMELINE.height}
          role="group"
          aria-label={t('timeline.moments')}
          style={{ display: 'block', overflow: 'visible' }}
        >
          <g aria-hidden>
            <StateLane session={session} midnightMs={midnightMs} scale={scale} />
            <DayLane day={day} midnightMs={midnightMs} scale={scale} />
          </g>
          {MOMENTS.map((moment) => (
            <MomentHandle
              key={moment}
              moment={moment}
              day={day}
              scale={scale}
              midnightMs={midnightMs}
              onMove={(minutes) => onChange(withMoment(day, moment, minutes))}
            />
          ))}
        </svg>
      )}
    </Box>
  );
}
