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

/** The ways to filter by the values of a field: a value, several, or Strapi's operators. */
const values = (field, schema, example, description) => {
  const name = `filters[${field}]`;
  const list = { type: 'array', items: schema, maxItems: 100 };
  return [
    inQuery(name, schema, example, description),
    ...['$eq', '$ne'].map((operator) => inQuery(`${name}[${operator}]`, schema, example)),
    ...['$in', '$notIn'].map((operator) => inQuery(`${name}[${operator}]`, list, [example])),
  ];
};

const span = (field) =>
  ['$eq', '$gte', '$lte'].map((operator) =>
    inQuery(`filters[${field}][${operator}]`, instant, '2026-05-04'),
  );

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

const STATE = values('state', type('SessionState'), 'active');

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

const OF_DEVICES_AND_TIMES = [
  ...values('ip', text, '203.0.113.7'),
  ...values('device', type('DeviceType'), 'mobile'),
  ...values('method', text, 'password'),
  ...['loggedInAt', 'lastSeenAt', 'terminatedAt'].flatMap(span),
];

export const SESSION_FILTERS = [
  ...STATE,
  ...values('userId', whole(LARGEST_ID), 7),
  ...values(
    'row',
    { type: 'string', pattern: '^\\d+(,\\d+)*$' },
    '17',
    'Numbers of rows, at most 100, separated by commas.',
  ),
  ...OF_DEVICES_AND_TIMES,
];

/** The other fields take the same operators as the state. */
export const OWN_FILTERS = [
  ...STATE,
  ...OF_DEVICES_AND_TIMES.filter(({ name }) => /^\w+\[\w+\](\[\$(in|gte|lte)\])?$/.test(name)),
];

export const JOURNAL_FILTERS = [
  ...values('sessionId', text, SESSION_ID),
  ...values('userId', whole(LARGEST_ID), 7),
  ...values('what', type('JournalEvent'), 'session.terminated'),
  ...span('at'),
];

export const SINCE = inQuery(
  'since',
  instant,
  '2026-05-04',
  '`terminatedSince` counts the sessions that were terminated since this instant, or since midnight UTC without it.',
);
