import { UNIT_MS } from '../../wording/duration';

/** A duration is told in the largest unit of which it has at least this many. */
const AT_LEAST = 2;

/** Rounds a duration in milliseconds up to whole hours, minutes or seconds. */
export function roundedUp(ms: number): number {
  const units = [UNIT_MS.hour, UNIT_MS.minute] as const;
  const unit = units.find((size) => ms >= AT_LEAST * size) ?? UNIT_MS.second;
  return Math.ceil(ms / unit) * unit;
}
