import type { Span } from '../../services/views/session-list';

/** A query parameter that takes something else; the message names it. */
export class BadParameter extends Error {
  constructor(
    readonly field: string,
    takes: string,
  ) {
    super(`${field} takes ${takes}`);
  }
}

/** What a query or a body says. */
export type Parameters = Record<string, unknown>;

const LONGEST_TEXT = 100;

/** Larger numbers do not fit into the column, and some databases refuse to look for them. */
export const LARGEST_ID = 2 ** 31 - 1;

/** Reads an object of parameters; without one it is empty. */
export function nested(query: Parameters, name: string, field = name): Parameters {
  const value = query[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadParameter(field, 'an object');
  return value as Parameters;
}

/** Reads a whole number from 1 on. */
export function wholeFrom(value: unknown, field: string, fallback: number, max: number): number {
  const number = value === undefined ? fallback : wholeIn(value);
  if (number >= 1 && number <= max) return number;
  throw new BadParameter(field, `a whole number from 1 to ${max}`);
}

/** Reads a whole number; anything else is not a number. */
export function wholeIn(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
}

/** Reads the filters that have these names; one of another name is wrong, as it would be left out. */
export function filtersFrom(query: Parameters, names: readonly string[]): Parameters {
  const filters = nested(query, 'filters');
  if (Object.keys(filters).every((name) => names.includes(name))) return filters;
  throw new BadParameter('filters', names.join(', '));
}

/** Reads which page is asked for. */
export function pageFrom(query: Parameters): { page: number; pageSize: number } {
  const { page, pageSize } = nested(query, 'pagination');
  return {
    page: wholeFrom(page, 'pagination[page]', 1, 1_000_000),
    pageSize: wholeFrom(pageSize, 'pagination[pageSize]', 25, 100),
  };
}

/** Reads the id of a user. */
export function userIdFrom(value: unknown, field: string): number {
  return wholeFrom(value, field, Number.NaN, LARGEST_ID);
}

/** Reads a text without blanks around it; an empty one is none. */
export function textFrom(value: unknown, field: string): string | null {
  if (value === undefined) return null;
  // Some databases refuse a NUL.
  const isText = typeof value === 'string' && !value.includes('\0');
  if (isText && value.length <= LONGEST_TEXT) return value.trim() || null;
  throw new BadParameter(field, `a text of at most ${LONGEST_TEXT} characters`);
}

/** Reads one of the words. */
export function oneOf<T extends string>(
  words: readonly T[],
  value: unknown,
  field: string,
): T | null {
  if (value === undefined) return null;
  const word = words.find((known) => known === value);
  if (word) return word;
  throw new BadParameter(field, `one of ${words.join(', ')}`);
}

/** Reads a span of time by `$gte` and `$lte`. */
export function spanFrom(filters: Parameters, name: string): Span {
  const field = `filters[${name}]`;
  const span = nested(filters, name, field);
  const unknown = Object.keys(span).find((end) => end !== '$gte' && end !== '$lte');
  if (unknown !== undefined) throw new BadParameter(field, '$gte, $lte or both');
  return {
    fromMs: instantFrom(span.$gte, `${field}[$gte]`),
    toMs: instantFrom(span.$lte, `${field}[$lte]`),
  };
}

const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** Reads an instant as Unix milliseconds; a date alone is its midnight in UTC. */
export function instantFrom(value: unknown, field: string): number | null {
  if (value === undefined) return null;
  const ms = typeof value === 'string' && ISO_8601.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new BadParameter(
    field,
    'a date, or a date and time with its zone, as ISO 8601 writes them',
  );
}
