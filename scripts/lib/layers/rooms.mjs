/**
 * Which rooms of the code may import which, as data.
 *
 * A room is a folder, or a file at the top of a side. A room may import itself, its own subfolders that
 * are no rooms, and the rooms that are listed for it. Longer paths win: `stores/database/sql` is a room
 * of its own within `stores`.
 */

const ALL_SERVICES = [
  'services/settings',
  'services/principals',
  'services/requests',
  'services/instances',
  'services/encryption',
  'services/journal',
  'services/limits',
  'services/login-protection',
  'services/sessions',
  'services/clean-up',
  'services/views',
  'services/actions',
  'services/users',
  'services/installation',
  'services/upgrade',
];
const ALL_STORES = ['stores', 'stores/database', 'stores/database/sessions', 'stores/database/sql'];
const MEMORY = ['stores/memory'];

/** Files at the top of the server that any room may import. */
const SERVER_GROUND = ['clock.ts', 'log.ts', 'strapi.ts', 'permissions.ts'];

const SERVER = {
  'clock.ts': [],
  'log.ts': [],
  'strapi.ts': [],
  'permissions.ts': ['strapi.ts'],
  async: ['clock.ts'],
  stores: [],
  'stores/database/sql': [...SERVER_GROUND, 'async'],
  'stores/database/sessions': [...SERVER_GROUND, 'async', 'stores/database/sql'],
  'stores/database': [
    ...SERVER_GROUND,
    'async',
    'stores',
    'stores/database/sql',
    'stores/database/sessions',
  ],
  'stores/memory': [...SERVER_GROUND, 'async', ...ALL_STORES],
  'stores/redis': [...SERVER_GROUND, 'async', ...ALL_STORES],
  'services/settings': [...SERVER_GROUND, 'async', ...ALL_STORES],
  'services/principals': [...SERVER_GROUND, 'async', ...MEMORY, 'services/instances'],
  'services/requests': [...SERVER_GROUND, 'async', 'services/settings', 'services/principals'],
  'services/installation': ['stores/database'],
  'services/upgrade': ['clock.ts', ...ALL_STORES, 'services/requests'],
  'services/users': [...SERVER_GROUND, 'async', ...ALL_STORES, 'services/settings'],
  'services/instances': [...SERVER_GROUND, 'async', ...ALL_STORES, ...MEMORY],
  'services/encryption': [...SERVER_GROUND, 'async', ...ALL_STORES, 'services/settings'],
  'services/journal': [...SERVER_GROUND, 'async', ...ALL_STORES, 'services/requests'],
  'services/limits': [
    ...SERVER_GROUND,
    'async',
    ...ALL_STORES,
    ...MEMORY,
    'stores/redis',
    'services/settings',
    'services/requests',
    'services/instances',
  ],
  'services/login-protection': [
    ...SERVER_GROUND,
    'async',
    ...ALL_STORES,
    'services/requests',
    'services/journal',
    'services/limits',
  ],
  'services/sessions': [
    ...SERVER_GROUND,
    'async',
    ...ALL_STORES,
    ...MEMORY,
    'stores/redis',
    'services/settings',
    'services/requests',
    'services/instances',
    'services/journal',
    'services/users',
  ],
  'services/clean-up': [
    ...SERVER_GROUND,
    'async',
    ...ALL_STORES,
    'services/login-protection',
    'services/sessions',
  ],
  'services/views': [
    ...SERVER_GROUND,
    'async',
    ...ALL_STORES,
    ...ALL_SERVICES.filter((name) => !['services/views', 'services/actions'].includes(name)),
  ],
  'services/actions': [
    ...SERVER_GROUND,
    'async',
    ...ALL_STORES,
    'services/views',
    'services/sessions',
  ],
  config: [...SERVER_GROUND, 'services/settings', 'stores/redis'],
  models: ['strapi.ts'],
  compose: [
    ...SERVER_GROUND,
    'async',
    'config',
    ...ALL_STORES,
    ...MEMORY,
    'stores/redis',
    ...ALL_SERVICES,
  ],
  seams: [...SERVER_GROUND, 'async', 'compose', ...ALL_SERVICES],
  background: [...SERVER_GROUND, 'async', 'compose', ...ALL_SERVICES],
  middlewares: [...SERVER_GROUND, 'compose', ...ALL_SERVICES],
  'controllers/parsing': ['services/views'],
  controllers: [...SERVER_GROUND, 'compose', 'controllers/parsing', ...ALL_SERVICES],
  routes: [...SERVER_GROUND, 'controllers'],
  start: [
    ...SERVER_GROUND,
    'compose',
    'models',
    'seams',
    'middlewares',
    'stores/database',
    ...ALL_SERVICES,
  ],
  'public-services.ts': [...SERVER_GROUND, 'compose', 'seams'],
  'register.ts': [...SERVER_GROUND, 'compose', 'seams', 'start'],
  'bootstrap.ts': [
    ...SERVER_GROUND,
    'async',
    'compose',
    'seams',
    'background',
    'middlewares',
    'start',
    'services/journal',
  ],
  'destroy.ts': [...SERVER_GROUND, 'compose'],
  'index.ts': [
    'register.ts',
    'bootstrap.ts',
    'destroy.ts',
    'config',
    'controllers',
    'middlewares',
    'routes',
    'public-services.ts',
  ],
};

const ADMIN_GROUND = ['pluginId.ts', 'permissions.ts', 'core', 'data', 'wording', 'ui'];

const ADMIN = {
  'pluginId.ts': [],
  'permissions.ts': ['pluginId.ts'],
  translations: ['pluginId.ts'],
  wording: ['pluginId.ts', 'translations'],
  core: ['pluginId.ts'],
  data: ['pluginId.ts'],
  ui: ['data', 'wording'],
  'sessions/labels': ADMIN_GROUND,
  sessions: [...ADMIN_GROUND, 'sessions/labels'],
  'sessions/termination': [...ADMIN_GROUND, 'sessions'],
  'session-details': [...ADMIN_GROUND, 'sessions/labels'],
  journal: [...ADMIN_GROUND, 'sessions/labels', 'session-details'],
  locks: [...ADMIN_GROUND, 'sessions'],
  settings: ADMIN_GROUND,
  preview: [...ADMIN_GROUND, 'sessions/labels', 'settings'],
  status: ADMIN_GROUND,
  activity: ADMIN_GROUND,
  'user-panel': [...ADMIN_GROUND, 'sessions/labels', 'sessions', 'sessions/termination'],
  pages: [
    ...ADMIN_GROUND,
    'sessions',
    'sessions/termination',
    'session-details',
    'journal',
    'locks',
    'settings',
    'preview',
    'status',
  ],
  'index.ts': [...ADMIN_GROUND, 'translations', 'activity', 'user-panel', 'pages'],
};

/** The two sides of the plugin: where each stands, and its rooms. */
export const SIDES = [
  { root: 'plugin/server/src', rooms: SERVER },
  { root: 'plugin/admin/src', rooms: ADMIN },
];
