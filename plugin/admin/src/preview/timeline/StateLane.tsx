import { useIntl } from 'react-intl';
import { useTheme } from 'styled-components';

import { SESSION_STATES, type SessionState } from '../../../../shared/contracts';
import type { TimelineSession } from '../../../../shared/core';
import { useTranslate } from '../../wording/useTranslate';
import { instantOf, SHOWN } from './sampleDay';
import { timelineBars, type TimelineBar } from './timelineBars';
import type { TimelineScale } from './timelineScale';
import { TimelineMarks, type TimelineMark } from './TimelineMarks';
import { SvgText } from './SvgText';
import { TIMELINE } from './timelineLayout';

/** The height of each state's bar, to tell states apart without colours. */
const SHARES: Record<SessionState, number> = { active: 1, inactive: 0.6, terminated: 0.25 };

/** Minutes between two times on the axis, on a wide and on a narrow timeline. */
const TICKS = { wide: 240, narrow: 480, wideFrom: 360 } as const;

interface StateLaneProps {
  session: TimelineSession;
  midnightMs: number;
  scale: TimelineScale;
}

/** The session's states over the two days, and later ones, not to scale. */
export function StateLane({ session, midnightMs, scale }: StateLaneProps) {
  const t = useTranslate();
  const { colors } = useTheme();
  const { formatDate } = useIntl();
  const bars = timelineBars(session, midnightMs, scale);
  const colourOf: Record<SessionState, string> = {
    active: colors.success600,
    inactive: colors.warning600,
    terminated: colors.neutral500,
  };
  const step = scale.right < TICKS.wideFrom ? TICKS.narrow : TICKS.wide;
  return (
    <>
      {SESSION_STATES.map((state) => (
        <path
          key={state}
          fill={colourOf[state]}
          d={bars
            .filter((bar) => bar.state === state)
            .map(barPath)
            .join('')}
        />
      ))}
      <line
        x1={scale.left}
        x2={scale.right}
        y1={TIMELINE.axisY}
        y2={TIMELINE.axisY}
        stroke={colors.neutral300}
      />
      <line
        x1={scale.daysEnd}
        x2={scale.daysEnd}
        y1={TIMELINE.stateY}
        y2={TIMELINE.axisY + 4}
        stroke={colors.neutral0}
        strokeWidth={4}
      />
      {ticksEvery(step).map((minutes) => (
        <SvgText key={minutes} x={scale.xOf(minutes)} y={TIMELINE.axisLabelY} anchor="middle">
          {formatDate(instantOf(midnightMs, minutes), { hour: 'numeric' })}
        </SvgText>
      ))}
      <SvgText x={(scale.daysEnd + scale.right) / 2} y={TIMELINE.axisLabelY} anchor="middle">
        {t('timeline.later')}
      </SvgText>
      <TimelineMarks marks={marksOf(bars)} scale={scale} />
    </>
  );
}

function barPath({ state, from, to }: TimelineBar): string {
  const bottom = TIMELINE.stateY + TIMELINE.stateHeight;
  const top = bottom - TIMELINE.stateHeight * SHARES[state];
  return `M${from} ${bottom}V${top}H${Math.max(to, from + 1)}V${bottom}Z`;
}

/** The termination is at the end of the last other state, the deletion at the end of `terminated`. */
function marksOf(bars: readonly TimelineBar[]): TimelineMark[] {
  const last = bars.findLastIndex(({ state }) => state !== 'terminated');
  const before = bars[last];
  const after = bars.at(-1);
  const marks: TimelineMark[] = [];
  if (before !== undefined && before.untilMs !== null) {
    marks.push({ kind: 'terminated', x: before.to, atMs: before.untilMs, isNear: before.endsNear });
  }
  if (after?.state === 'terminated' && after.untilMs !== null) {
    marks.push({ kind: 'deleted', x: after.to, atMs: after.untilMs, isNear: after.endsNear });
  }
  return marks;
}

function ticksEvery(step: number): number[] {
  const count = Math.floor((SHOWN.to - SHOWN.from) / step);
  return Array.from({ length: count }, (_, place) => SHOWN.from + place * step);
}
