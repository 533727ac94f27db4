/** Parses a limiter's stored text; returns `null` where it is missing or malformed. */
export function parseStored<T>(
  text: string | null | undefined,
  isWanted: (value: unknown) => value is T,
): T | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isWanted(value) ? value : null;
  } catch {
    return null;
  }
}

/** Tells whether a value is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Tells whether a value is a safe integer of at least 0, as counts and instants are. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
