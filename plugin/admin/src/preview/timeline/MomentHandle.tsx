import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { styled } from 'styled-components';

import { useFormatNearDate } from '../../wording/useFormatNearDate';
import { useTranslate } from '../../wording/useTranslate';
import { boundsOf, instantOf, STEP, type Moment, type SampleDay } from './sampleDay';
import type { TimelineScale } from './timelineScale';
import type { TranslationKey } from '../../wording/translationId';
import { SvgText } from './SvgText';
import { TIMELINE } from './timelineLayout';

const MOMENT_NAMES: Record<Moment, TranslationKey> = {
  login: 'moment.login',
  pauseBegins: 'moment.pauseBegins',
  pauseEnds: 'moment.pauseEnds',
  laptopClosed: 'moment.laptopClosed',
  laptopOpened: 'moment.laptopOpened',
  lastRequest: 'moment.lastRequest',
};

/** The minutes by which each key moves a moment. */
const KEYS = new Map<string, number>([
  ['ArrowLeft', -STEP],
  ['ArrowDown', -STEP],
  ['ArrowRight', STEP],
  ['ArrowUp', STEP],
  ['PageDown', -60],
  ['PageUp', 60],
  ['Home', -Infinity],
  ['End', Infinity],
]);

/** The radius of the touch target, large enough for a finger. */
const REACH = 12;

const Handle = styled.g`
  cursor: ew-resize;
  touch-action: none;
  outline: none;

  circle:last-of-type {
    fill: ${({ theme }) => theme.colors.neutral0};
    stroke: ${({ theme }) => theme.colors.primary600};
    stroke-width: 2;
  }
  &:hover circle:last-of-type,
  &:focus-visible circle:last-of-type {
    fill: ${({ theme }) => theme.colors.primary600};
  }
  &:focus-visible circle:first-of-type {
    stroke: ${({ theme }) => theme.colors.primary600};
    stroke-width: 2;
  }
  text {
    visibility: hidden;
    pointer-events: none;
  }
  &:hover text,
  &:focus text {
    visibility: visible;
  }
`;

interface MomentHandleProps {
  moment: Moment;
  day: SampleDay;
  scale: TimelineScale;
  midnightMs: number;
  /** Called with the minute to move to. */
  onMove: (minutes: number) => void;
}

/** A moment of the day as a slider for mouse, finger and keyboard. */
export function MomentHandle({ moment, day, scale, midnightMs, onMove }: MomentHandleProps) {
  const t = useTranslate();
  const momentOf = useFormatNearDate();
  const handle = useRef<SVGGElement>(null);
  const minutes = day[moment];
  const { min, max } = boundsOf(day, moment);
  const x = scale.xOf(minutes);
  const name = t(MOMENT_NAMES[moment]);
  const time = momentOf(instantOf(midnightMs, minutes));

  const drag = (event: PointerEvent) => {
    const drawing = handle.current?.ownerSVGElement;
    if (drawing && event.currentTarget.hasPointerCapture(event.pointerId)) {
      onMove(scale.minutesOf(event.clientX - drawing.getBoundingClientRect().left));
    }
  };

  const press = (event: KeyboardEvent) => {
    const by = KEYS.get(event.key);
    if (by !== undefined) {
      event.preventDefault();
      onMove(Math.min(Math.max(minutes + by, min), max));
    }
  };

  return (
    <Handle
      ref={handle}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={minutes}
      aria-valuetext={time}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    >
      <circle cx={x} cy={TIMELINE.dayY} r={REACH} fill="transparent" />
      <circle cx={x} cy={TIMELINE.dayY} r={6} />
      <SvgText x={clamped(x, scale)} y={TIMELINE.nameY} anchor="middle" isStrong>
        {`${name} · ${time}`}
      </SvgText>
    </Handle>
  );
}

/** Keeps a centred label within the drawing. */
function clamped(x: number, { left, right }: TimelineScale): number {
  const half = 70;
  return Math.min(Math.max(x, left + half), right - half);
}
