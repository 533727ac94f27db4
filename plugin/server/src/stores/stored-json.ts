/** Reads what a limiter remembers; what nobody can read counts as nothing. */
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

/** Says whether a value has fields that may be asked for. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Says whether a value is a whole number that a count or an instant can be. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
