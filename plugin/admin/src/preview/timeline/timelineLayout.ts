/** Distances of the timeline's parts from the top, in pixels. */
export const TIMELINE = {
  /** The baseline of the name above a moment. */
  nameY: 12,
  dayY: 32,
  dayHeight: 14,
  /** The baseline of the time below a moment. */
  timeY: 56,
  /** The baseline of the date above a mark. */
  markY: 84,
  stateY: 92,
  stateHeight: 28,
  axisY: 124,
  axisLabelY: 140,
  height: 146,
} as const;
