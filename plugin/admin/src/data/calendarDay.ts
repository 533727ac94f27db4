const DAY = /^[12]\d{3}-\d\d-\d\d$/;

/** Reads a day of the calendar, written `2026-05-04`; `null` if there is no such day. */
export function dayFrom(text: string | null): string | null {
  return text !== null && DAY.test(text) && dayOf(startOf(text)) === text ? text : null;
}

/** Gives the day of a moment, by the browser's time zone. */
export function dayOf(moment: Date): string {
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** Gives a day's first moment, by the browser's time zone. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00:00`);
}

/** Gives a day's last moment, by the browser's time zone; not every day has 24 hours. */
export function endOf(day: string): Date {
  const next = startOf(day);
  next.setDate(next.getDate() + 1);
  return new Date(next.getTime() - 1);
}

/** Gives the midnight before an instant, by the browser's time zone, in ISO 8601. */
export function midnightBefore(nowMs: number): string {
  const day = new Date(nowMs);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
