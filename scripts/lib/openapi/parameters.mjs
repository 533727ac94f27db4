/** Every parameter of the API by its name: where it stands, what it takes, and an example. */

const SORTABLE = ['loggedInAt', 'lastSeenAt', 'terminatedAt', 'state'];
const LARGEST_ID = 2 ** 31 - 1;

const type = (name) => ({ $ref: `#/components/schemas/${name}` });
const whole = (maximum, more = {}) => ({ type: 'integer', minimum: 1, maximum, ...more });
const text = { type: 'string', maxLength: 100 };
const instant = {
  type: 'string',
  description: 'A date, or a date and time with its zone, as ISO 8601 writes them.',
};

const inQuery = (name, schema, example, description) => ({
  name,
  in: 'query',
  schema,
  example,
  ...(description && { description }),
});

const inPath = (name, schema, example, description) => ({
  name,
  in: 'path',
  required: true,
  schema,
  example,
  description,
});

const span = (field) =>
  ['$gte', '$lte'].map((end) => inQuery(`filters[${field}][${end}]`, instant, '2026-05-04'));

const SESSION_ID = '3f0c9a4be2d14c6f8a7b5e1d2c3b4a59';

/** The parameters in paths. */
export const PATH_PARAMETERS = {
  id: inPath('id', { type: 'string' }, SESSION_ID, "The id of one of the user's sessions."),
  sessionId: inPath('sessionId', { type: 'string' }, SESSION_ID, 'The id of a session.'),
  userId: inPath('userId', whole(LARGEST_ID), 7, 'The id of a user.'),
};

export const PAGE = [
  inQuery('pagination[page]', whole(1_000_000, { default: 1 }), 1),
  inQuery('pagination[pageSize]', whole(100, { default: 25 }), 25),
];

export const STATE = inQuery('filters[state]', type('SessionState'), 'active');

export const SEARCH = inQuery(
  '_q',
  text,
  'olivia',
  'Finds user names, e-mail addresses, browsers and systems that contain the text, and IP addresses that begin with it.',
);

export const SORT = inQuery(
  'sort',
  {
    type: 'string',
    pattern: `^(${SORTABLE.join('|')})(:(asc|desc))?$`,
    default: 'lastSeenAt:desc',
  },
  'loggedInAt:desc',
);

export const SESSION_FILTERS = [
  STATE,
  inQuery('filters[userId]', whole(LARGEST_ID), 7),
  inQuery(
    'filters[row]',
    { type: 'string', pattern: '^\\d+(,\\d+)*$' },
    '17,18',
    'Numbers of rows, at most 100.',
  ),
  inQuery('filters[ip]', text, '203.0.113.7'),
  inQuery('filters[device]', type('DeviceType'), 'mobile'),
  inQuery('filters[method]', text, 'password'),
  ...['loggedInAt', 'lastSeenAt', 'terminatedAt'].flatMap(span),
];

export const JOURNAL_FILTERS = [
  inQuery('filters[sessionId]', text, SESSION_ID),
  inQuery('filters[userId]', whole(LARGEST_ID), 7),
  inQuery('filters[what]', type('JournalEvent'), 'session.terminated'),
  ...span('at'),
];

export const SINCE = inQuery(
  'since',
  instant,
  '2026-05-04',
  '`terminatedSince` counts the sessions that were terminated since this instant, or since midnight UTC without it.',
);
