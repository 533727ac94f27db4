import { useIntl } from 'react-intl';
import { useTheme } from 'styled-components';

import { useTranslate } from '../../wording/useTranslate';
import type { TimelineScale } from './timelineScale';
import { SvgText } from './SvgText';
import { TIMELINE } from './timelineLayout';

/** An instant on the timeline, and its place. */
export interface TimelineMark {
  kind: 'terminated' | 'deleted';
  x: number;
  atMs: number;
  /** Whether it is within the two days that are drawn to scale. */
  isNear: boolean;
}

/** Marks the termination of a session and the deletion of its record. */
export function TimelineMarks({
  marks,
  scale,
}: {
  marks: readonly TimelineMark[];
  scale: TimelineScale;
}) {
  const t = useTranslate();
  const { colors } = useTheme();
  const { formatDate } = useIntl();
  return (
    <>
      {marks.map(({ kind, x, atMs, isNear }) => {
        const anchor = x > scale.daysEnd ? 'end' : 'middle';
        const when = isNear
          ? formatDate(atMs, { hour: 'numeric', minute: 'numeric' })
          : formatDate(atMs, { day: 'numeric', month: 'short' });
        return (
          <g key={kind}>
            <line
              x1={x}
              x2={x}
              y1={TIMELINE.markY + 4}
              y2={TIMELINE.axisY}
              stroke={kind === 'terminated' ? colors.danger600 : colors.neutral600}
              strokeWidth={2}
            />
            <SvgText x={x} y={TIMELINE.markY - 12} anchor={anchor}>
              {t(kind === 'terminated' ? 'timeline.terminatedMark' : 'timeline.deletedMark')}
            </SvgText>
            <SvgText x={x} y={TIMELINE.markY} anchor={anchor} isStrong>
              {when}
            </SvgText>
          </g>
        );
      })}
    </>
  );
}
