/** The units of durations, from the smallest to the largest. */
export const DURATION_UNITS = ['millisecond', 'second', 'minute', 'hour', 'day'] as const;

/** A unit of time; a day has 24 hours. */
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** The milliseconds of each unit. */
export const UNIT_MS: Record<DurationUnit, number> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Gives the largest unit that makes a duration a whole number; seconds for 0. */
export function unitOf(ms: number): DurationUnit {
  if (ms === 0) {
    return 'second';
  }
  const fitting = DURATION_UNITS.filter((unit) => ms % UNIT_MS[unit] === 0);
  return fitting.at(-1) ?? 'millisecond';
}

/** Reads typed text as a duration in milliseconds; `NaN` if it is no number. */
export function msFrom(text: string, unit: DurationUnit): number {
  // A fraction such as 1.1 minutes is whole in milliseconds; binary numbers miss it by a little.
  const thousandths = Math.round(numberFrom(text) * UNIT_MS[unit] * 1000);
  return thousandths / 1000;
}

/** Reads typed text as a number; `NaN` if it is none. */
export function numberFrom(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
