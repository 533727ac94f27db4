import { SESSION_STATES, SORTABLE_FIELDS, type DeviceType } from '../../../../shared/contracts';
import {
  ANY_VALUE,
  liveOnly,
  type ListQuery,
  type SessionFilter,
} from '../../services/views/session-list';
import {
  BadParameter,
  filtersFrom,
  MAX_ID,
  pageFrom,
  textFrom,
  userIdFrom,
  wholeIn,
  wordIn,
  type Parameters,
} from './parameters';
import { spanFrom, valuesFrom } from './operators';

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

/** The filters of a user's own list. The numbers of rows would tell how many sessions there are. */
const OWN_FILTERS = FILTERS.filter((name) => name !== 'userId' && name !== 'row');

/**
 * Reads the query of a list.
 *
 * @throws BadParameter for the first invalid parameter.
 */
export function listQueryFrom(query: Parameters): ListQuery {
  return { ...filterFrom(query), ...pageFrom(query), sort: sortFrom(query.sort) };
}

/**
 * Reads a filter of sessions from a query, or from a body of the same shape.
 *
 * @throws BadParameter for the first invalid parameter. An unknown filter is invalid, because
 *   without it more sessions would match.
 */
export function filterFrom(query: Parameters, names: readonly string[] = FILTERS): SessionFilter {
  const filters = filtersFrom(query, names);
  return {
    search: textFrom(query._q, '_q'),
    state: valuesFrom(filters, 'state', wordIn(SESSION_STATES)),
    userId: valuesFrom(filters, 'userId', userIdFrom),
    row: valuesFrom(withRows(filters), 'row', rowFrom),
    ip: valuesFrom(filters, 'ip', textFrom),
    device: valuesFrom(filters, 'device', wordIn(DEVICES)),
    method: valuesFrom(filters, 'method', textFrom),
    loggedInAt: spanFrom(filters, 'loggedInAt'),
    lastSeenAt: spanFrom(filters, 'lastSeenAt'),
    terminatedAt: spanFrom(filters, 'terminatedAt'),
  };
}

const A_VALUE = 'a value, or is left out';
const TERMINATION_FIELDS = ['filters', '_q', 'dryRun'];

/**
 * Reads the filter of a bulk termination from its body.
 *
 * Only `{"filters":{}}` matches every session. An empty value would drop its condition, so that
 * more sessions would match than the caller named.
 *
 * @throws BadParameter for the first invalid, unknown or empty parameter.
 */
export function terminationFilterFrom(body: Parameters): SessionFilter {
  const unknown = Object.keys(body).find((name) => !TERMINATION_FIELDS.includes(name));
  if (unknown !== undefined) throw new BadParameter('body', TERMINATION_FIELDS.join(', '));
  const { filters } = body;
  if (filters === undefined || filters === null) throw new BadParameter('filters', 'an object');
  const filter = filterFrom(body);
  if (isEmpty(body._q)) throw new BadParameter('_q', A_VALUE);
  for (const [name, value] of Object.entries(filters)) {
    if (isEmpty(value)) throw new BadParameter(`filters[${name}]`, A_VALUE);
  }
  return filter;
}

/** Tells whether a present parameter sets no condition. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value !== 'object') return false;
  const parts: unknown[] = value === null ? [] : Object.values(value);
  return parts.length === 0 || parts.some(isEmpty);
}

/**
 * Reads the query of a user's own list, newest login first.
 *
 * Terminated sessions are left out unless the state or the time of termination is asked for.
 *
 * @throws BadParameter for the first invalid parameter.
 */
export function ownListQueryFrom({ pagination, filters }: Parameters): ListQuery {
  const filter = filterFrom({ filters }, OWN_FILTERS);
  const { fromMs, toMs } = filter.terminatedAt;
  const asksForTerminated = filter.state !== ANY_VALUE || fromMs !== null || toMs !== null;
  return {
    ...(asksForTerminated ? filter : liveOnly(filter)),
    ...pageFrom({ pagination }),
    sort: { field: 'loggedInAt', direction: 'desc' },
  };
}

/** The numbers of rows may also stand in one text. */
function withRows(filters: Parameters): Parameters {
  const { row } = filters;
  return typeof row === 'string' && row.includes(',')
    ? { ...filters, row: row.split(',') }
    : filters;
}

function rowFrom(value: unknown, field: string): number {
  const row = wholeIn(value);
  if (row >= 1 && row <= MAX_ID) return row;
  throw new BadParameter(field, 'numbers of rows, at most 100, also separated by commas');
}

function sortFrom(value: unknown = 'lastSeenAt:desc'): ListQuery['sort'] {
  const [name, direction = 'asc'] = typeof value === 'string' ? value.split(':') : [];
  const field = SORTABLE_FIELDS.find((sortable) => sortable === name);
  if (field && (direction === 'asc' || direction === 'desc')) return { field, direction };
  throw new BadParameter('sort', `one of ${SORTABLE_FIELDS.join(', ')}, then :asc or :desc`);
}
