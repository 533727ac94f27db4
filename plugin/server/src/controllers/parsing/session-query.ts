import { SESSION_STATES, SORTABLE_FIELDS, type DeviceType } from '../../../../shared/contracts';
import type { ListQuery, SessionFilter } from '../../services/views/session-list';
import {
  BadParameter,
  filtersFrom,
  MAX_ID,
  oneOf,
  pageFrom,
  spanFrom,
  textFrom,
  userIdFrom,
  wholeIn,
  type Parameters,
} from './parameters';

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
    state: oneOf(SESSION_STATES, filters.state, 'filters[state]'),
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
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/**
 * Reads the query of a user's own list, newest login first.
 *
 * @throws BadParameter for the first invalid parameter.
 */
export function ownListQueryFrom({ pagination, filters }: Parameters): ListQuery {
  return {
    ...filterFrom({ filters }, OWN_FILTERS),
    ...pageFrom({ pagination }),
    sort: { field: 'loggedInAt', direction: 'desc' },
    userId: null,
  };
}

const MAX_ROWS = 100;

function rowsFrom(value: unknown): number[] {
  const rows = typeof value === 'string' ? value.split(',').map(wholeIn) : [Number.NaN];
  if (rows.length <= MAX_ROWS && rows.every((row) => row >= 1 && row <= MAX_ID)) return rows;
  throw new BadParameter('filters[row]', `at most ${MAX_ROWS} row numbers, separated by commas`);
}

function sortFrom(value: unknown = 'lastSeenAt:desc'): ListQuery['sort'] {
  const [name, direction = 'asc'] = typeof value === 'string' ? value.split(':') : [];
  const field = SORTABLE_FIELDS.find((sortable) => sortable === name);
  if (field && (direction === 'asc' || direction === 'desc')) return { field, direction };
  throw new BadParameter('sort', `one of ${SORTABLE_FIELDS.join(', ')}, then :asc or :desc`);
}
