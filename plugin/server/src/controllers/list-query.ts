import { SORTABLE_FIELDS, type DeviceType, type SessionState } from '../../../shared/contracts';
import type { ListQuery, SessionFilter } from '../services/listing';

/** A query parameter that takes something else; the message names it. */
export class BadParameter extends Error {
  constructor(
    readonly field: string,
    takes: string,
  ) {
    super(`${field} takes ${takes}`);
  }
}

export type Parameters = Record<string, unknown>;

const STATES: SessionState[] = ['active', 'inactive', 'terminated'];
const DEVICES: DeviceType[] = ['desktop', 'mobile', 'tablet', 'other'];
const FILTERS = [
  'state',
  'userId',
  'row',
  'ip',
  'device',
  'method',
  'loggedInAt',
  'lastSeenAt',
  'terminatedAt',
];
const LONGEST_TEXT = 100;

/** Larger numbers do not fit into the column, and some databases refuse to look for them. */
const LARGEST_ID = 2 ** 31 - 1;

/**
 * Reads the query of a list.
 *
 * @throws BadParameter naming the parameter that is wrong.
 */
export function listQueryFrom(query: Parameters): ListQuery {
  return { ...filterFrom(query), ...pageFrom(query), sort: sortFrom(query.sort) };
}

/** Reads which page is asked for. */
export function pageFrom(query: Parameters): Pick<ListQuery, 'page' | 'pageSize'> {
  const { page, pageSize } = nested(query, 'pagination');
  return {
    page: wholeFrom(page, 'pagination[page]', 1, 1_000_000),
    pageSize: wholeFrom(pageSize, 'pagination[pageSize]', 25, 100),
  };
}

/**
 * Reads which sessions are meant, from a query or from a body of the same shape.
 *
 * @throws BadParameter naming the parameter that is wrong; an unknown filter is wrong, since
 * without it more sessions would be meant than was asked for.
 */
export function filterFrom(query: Parameters): SessionFilter {
  const filters = nested(query, 'filters');
  const unknown = Object.keys(filters).find((name) => !FILTERS.includes(name));
  if (unknown !== undefined) throw new BadParameter('filters', FILTERS.join(', '));
  return {
    search: textFrom(query._q, '_q'),
    state: oneOf(STATES, filters.state, 'filters[state]'),
    userId: filters.userId === undefined ? null : userIdFrom(filters.userId, 'filters[userId]'),
    rows: filters.row === undefined ? null : rowsFrom(filters.row),
    ip: textFrom(filters.ip, 'filters[ip]'),
    device: oneOf(DEVICES, filters.device, 'filters[device]'),
    method: textFrom(filters.method, 'filters[method]'),
    loggedInAt: spanFrom(filters, 'loggedInAt'),
    lastSeenAt: spanFrom(filters, 'lastSeenAt'),
    terminatedAt: spanFrom(filters, 'terminatedAt'),
    liveOnly: false,
  };
}

/**
 * Reads the query of a user's own list: a page of it and the state, newest login first.
 *
 * @throws BadParameter naming the parameter that is wrong.
 */
export function ownListQueryFrom({ pagination, filters }: Parameters): ListQuery {
  const query = listQueryFrom({ pagination, filters });
  return { ...query, sort: { field: 'loggedInAt', direction: 'desc' }, userId: null };
}

/** Reads the id of a user. */
export function userIdFrom(value: unknown, field: string): number {
  return wholeFrom(value, field, Number.NaN, LARGEST_ID);
}

const MOST_ROWS = 100;

function rowsFrom(value: unknown): number[] {
  const rows = typeof value === 'string' ? value.split(',').map(wholeIn) : [Number.NaN];
  if (rows.length <= MOST_ROWS && rows.every((row) => row >= 1 && row <= LARGEST_ID)) return rows;
  throw new BadParameter('filters[row]', `at most ${MOST_ROWS} row numbers with commas between`);
}

/** Reads an object of parameters; without one it is empty. */
export function nested(query: Parameters, name: string, field = name): Parameters {
  const value = query[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadParameter(field, 'an object');
  return value as Parameters;
}

function wholeFrom(value: unknown, field: string, fallback: number, max: number): number {
  const number = value === undefined ? fallback : wholeIn(value);
  if (number >= 1 && number <= max) return number;
  throw new BadParameter(field, `a whole number from 1 to ${max}`);
}

function wholeIn(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
}

function sortFrom(value: unknown = 'lastSeenAt:desc'): ListQuery['sort'] {
  const [name, direction = 'asc'] = typeof value === 'string' ? value.split(':') : [];
  const field = SORTABLE_FIELDS.find((sortable) => sortable === name);
  if (field && (direction === 'asc' || direction === 'desc')) return { field, direction };
  throw new BadParameter('sort', `one of ${SORTABLE_FIELDS.join(', ')}, then :asc or :desc`);
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
export function spanFrom(filters: Parameters, name: string): SessionFilter['loggedInAt'] {
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
