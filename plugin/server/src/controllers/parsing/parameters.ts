/** Thrown for an invalid parameter; the message names it. */
export class BadParameter extends Error {
  constructor(
    readonly field: string,
    takes: string,
  ) {
    super(`${field} takes ${takes}`);
  }
}

/** The parameters of a query or of a body. */
export type Parameters = Record<string, unknown>;

const MAX_TEXT_LENGTH = 100;

/** Larger numbers do not fit into the column, and some databases refuse to compare them. */
export const MAX_ID = 2 ** 31 - 1;

/** Reads an object of parameters; a missing one is empty. */
export function nested(query: Parameters, name: string, field = name): Parameters {
  const value = query[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadParameter(field, 'an object');
  return value as Parameters;
}

/** Reads an integer from 1 to `max`. */
export function wholeFrom(value: unknown, field: string, fallback: number, max: number): number {
  const number = value === undefined ? fallback : wholeIn(value);
  if (number >= 1 && number <= max) return number;
  throw new BadParameter(field, `a whole number from 1 to ${max}`);
}

/** Reads an integer, NaN for anything else. */
export function wholeIn(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
}

/**
 * Reads the filters of these names; an unknown filter is invalid, because it would have no effect.
 */
export function filtersFrom(query: Parameters, names: readonly string[]): Parameters {
  const filters = nested(query, 'filters');
  if (Object.keys(filters).every((name) => names.includes(name))) return filters;
  throw new BadParameter('filters', names.join(', '));
}

/** Reads the pagination. */
export function pageFrom(query: Parameters): { page: number; pageSize: number } {
  const { page, pageSize } = nested(query, 'pagination');
  return {
    page: wholeFrom(page, 'pagination[page]', 1, 1_000_000),
    pageSize: wholeFrom(pageSize, 'pagination[pageSize]', 25, 100),
  };
}

/** Reads the id of a user. */
export function userIdFrom(value: unknown, field: string): number {
  return wholeFrom(value, field, Number.NaN, MAX_ID);
}

/** Reads a text and trims it; `null` for an empty one. */
export function textFrom(value: unknown, field: string): string | null {
  if (value === undefined) return null;
  // Some databases refuse a NUL.
  const isText = typeof value === 'string' && !value.includes('\0');
  if (isText && value.length <= MAX_TEXT_LENGTH) return value.trim() || null;
  throw new BadParameter(field, `a text of at most ${MAX_TEXT_LENGTH} characters`);
}

/** Returns a reader of one of several words. */
export function wordIn<T extends string>(words: readonly T[]) {
  return (value: unknown, field: string): T => {
    const word = words.find((known) => known === value);
    if (word) return word;
    throw new BadParameter(field, `one of ${words.join(', ')}`);
  };
}

const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** Reads an instant as Unix milliseconds; a date without a time is midnight in UTC. */
export function instantFrom(value: unknown, field: string): number | null {
  if (value === undefined) return null;
  const ms = typeof value === 'string' && ISO_8601.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new BadParameter(
    field,
    'a date, or a date and time with its zone, as ISO 8601 writes them',
  );
}
