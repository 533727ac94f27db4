import type { Knex } from 'knex';

/** A span of time in Unix milliseconds, both ends included; `null` leaves an end open. */
export interface Span {
  fromMs: number | null;
  toMs: number | null;
}

/** Matches any time. */
export const ANY_TIME: Span = { fromMs: null, toMs: null };

/** A condition on the value of a column. */
export interface Values<T> {
  /** The values that match; `null` for any, and none if it is empty. */
  among: readonly T[] | null;
  /** The values that do not match. */
  except: readonly T[];
}

/** Matches any value. */
export const ANY_VALUE: Values<never> = { among: null, except: [] };

/** Matches one value. */
export function only<T>(value: T): Values<T> {
  return { among: [value], except: [] };
}

/** Narrows a statement to the rows whose column has a matching value. */
export function whereValue(
  statement: Knex.QueryBuilder,
  column: string,
  { among, except }: Values<string | number>,
): void {
  const [value, ...others] = among ?? [];
  // One value as an equation lets an index give the order of another column.
  if (value !== undefined && others.length === 0) void statement.where(column, value);
  else if (among) void statement.whereIn(column, among);
  if (except.length > 0) void statement.whereNotIn(column, except);
}

/** Narrows a statement to the rows whose column has a time within a span. */
export function whereTime(
  statement: Knex.QueryBuilder,
  column: string,
  { fromMs, toMs }: Span,
): void {
  if (fromMs !== null) void statement.where(column, '>=', fromMs);
  if (toMs !== null) void statement.where(column, '<=', toMs);
}
