import { useIntl } from 'react-intl';
import { useTheme } from 'styled-components';

import { useTranslate } from '../../wording/useTranslate';
import { instantOf, MOMENTS, SPANS, type Moment, type SampleDay } from './sampleDay';
import type { TimelineScale } from './timelineScale';
import type { TranslationKey } from '../../wording/translationId';
import { SvgText } from './SvgText';
import { TIMELINE } from './timelineLayout';

const SPAN_NAMES: Partial<Record<Moment, TranslationKey>> = {
  pauseBegins: 'timeline.pause',
  laptopClosed: 'timeline.night',
};

/** The approximate width of a letter, and of a time with the room around it. */
const LETTER_WIDTH = 6;
const TIME_WIDTH = 54;

interface DayLaneProps {
  day: SampleDay;
  midnightMs: number;
  scale: TimelineScale;
}

/** The user's day: bars for requests, names for the gaps, and the times that fit. */
export function DayLane({ day, midnightMs, scale }: DayLaneProps) {
  const t = useTranslate();
  const { colors } = useTheme();
  const { formatDate } = useIntl();
  return (
    <>
      {SPANS.map(({ from, to, makesRequests }) => {
        const x = scale.xOf(day[from]);
        const width = scale.xOf(day[to]) - x;
        if (makesRequests) {
          return (
            <rect
              key={from}
              x={x}
              y={TIMELINE.dayY - TIMELINE.dayHeight / 2}
              width={width}
              height={TIMELINE.dayHeight}
              fill={colors.primary200}
            />
          );
        }
        const name = SPAN_NAMES[from];
        const text = name === undefined ? '' : t(name);
        return (
          <g key={from}>
            <line
              x1={x}
              x2={x + width}
              y1={TIMELINE.dayY}
              y2={TIMELINE.dayY}
              stroke={colors.neutral500}
              strokeDasharray="1 4"
              strokeLinecap="round"
            />
            {text.length * LETTER_WIDTH < width - 32 && (
              <SvgText x={x + width / 2} y={TIMELINE.dayY + 4} anchor="middle" isOnLine>
                {text}
              </SvgText>
            )}
          </g>
        );
      })}
      {momentsWithRoom(day, scale).map((moment) => (
        <SvgText key={moment} x={scale.xOf(day[moment])} y={TIMELINE.timeY} anchor="middle">
          {formatDate(instantOf(midnightMs, day[moment]), { hour: 'numeric', minute: 'numeric' })}
        </SvgText>
      ))}
    </>
  );
}

/** Picks moments whose times do not overlap. */
function momentsWithRoom(day: SampleDay, scale: TimelineScale): Moment[] {
  const picked: Moment[] = [];
  for (const moment of MOMENTS) {
    const last = picked.at(-1);
    if (last === undefined || scale.xOf(day[moment]) - scale.xOf(day[last]) >= TIME_WIDTH) {
      picked.push(moment);
    }
  }
  return picked;
}
