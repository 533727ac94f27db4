import type { ScriptStep } from '../../../../shared/core';

/** The moments of a user's day and the morning after, in their order. */
export const MOMENTS = [
  'login',
  'pauseBegins',
  'pauseEnds',
  'laptopClosed',
  'laptopOpened',
  'lastRequest',
] as const;

/** One of {@link MOMENTS}. */
export type Moment = (typeof MOMENTS)[number];

/** When the moments are, in minutes since the first midnight; each later than the one before. */
export type SampleDay = Readonly<Record<Moment, number>>;

const HOUR = 60;
const DAY = 24 * HOUR;
const MINUTE_MS = 60_000;

/** The part of the two days that is shown, in minutes since the first midnight. */
export const SHOWN = { from: 8 * HOUR, to: DAY + 12 * HOUR } as const;

/** The least distance of two moments and the length of one move, in minutes. */
export const STEP = 5;

/** A day at work, with a break at noon and the laptop closed overnight. */
export const USUAL_DAY: SampleDay = {
  login: 9 * HOUR,
  pauseBegins: 12 * HOUR,
  pauseEnds: 13 * HOUR,
  laptopClosed: 17.5 * HOUR,
  laptopOpened: DAY + 8.5 * HOUR,
  lastRequest: DAY + 10 * HOUR,
};

/** The spans with and without requests. */
export const SPANS = [
  { from: 'login', to: 'pauseBegins', makesRequests: true },
  { from: 'pauseBegins', to: 'pauseEnds', makesRequests: false },
  { from: 'pauseEnds', to: 'laptopClosed', makesRequests: true },
  { from: 'laptopClosed', to: 'laptopOpened', makesRequests: false },
  { from: 'laptopOpened', to: 'lastRequest', makesRequests: true },
] as const satisfies readonly { from: Moment; to: Moment; makesRequests: boolean }[];

/** Gives the earliest and the latest minute of a moment between its neighbours. */
export function boundsOf(day: SampleDay, moment: Moment): { min: number; max: number } {
  const place = MOMENTS.indexOf(moment);
  const before = MOMENTS[place - 1];
  const after = MOMENTS[place + 1];
  return {
    min: before === undefined ? SHOWN.from : day[before] + STEP,
    max: after === undefined ? SHOWN.to : day[after] - STEP,
  };
}

/** Moves a moment, in steps and within its bounds. */
export function withMoment(day: SampleDay, moment: Moment, minutes: number): SampleDay {
  const { min, max } = boundsOf(day, moment);
  const stepped = Math.round(minutes / STEP) * STEP;
  return { ...day, [moment]: Math.min(Math.max(stepped, min), max) };
}

/** Gives the core's script of a day, with a request at a fixed interval. */
export function scriptOf(day: SampleDay, requestEveryMs: number): ScriptStep[] {
  const steps = SPANS.map(({ from, to, makesRequests }): ScriptStep => {
    const forMs = (day[to] - day[from]) * MINUTE_MS;
    return makesRequests
      ? { type: 'requests', everyMs: requestEveryMs, forMs }
      : { type: 'pause', forMs };
  });
  return [{ type: 'login' }, ...steps];
}

/** Gives the instant of a minute, in Unix milliseconds. */
export function instantOf(midnightMs: number, minutes: number): number {
  return midnightMs + minutes * MINUTE_MS;
}

/** Gives the minute of an instant; fractions stay. */
export function minutesAt(midnightMs: number, instantMs: number): number {
  return (instantMs - midnightMs) / MINUTE_MS;
}
