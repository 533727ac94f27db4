import tseslint from 'typescript-eslint';

/** Forbids imports by pattern, with the reason. */
const forbid = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: patterns.map(([group, message]) => ({ group: [group].flat(), message })) },
  ],
});

const ONLY_SHARED_LOADS_PKG = ['**/pkg/**', 'plugin/shared is the only importer of pkg.'];
const NO_ADMIN = ['**/admin/**', 'Server and admin meet only in plugin/shared.'];
const NO_SERVER = ['**/server/**', 'Server and admin meet only in plugin/shared.'];
const NO_CORE = [
  ['**/shared/core', '**/shared/core.*', '**/pkg/**'],
  'Stores know neither the core nor services: they do I/O only.',
];
const layer = (names, message) => [
  names.flatMap((name) => [`**/${name}`, `**/${name}/**`]),
  message,
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/build/**',
      'pkg/**',
      'target/**',
      '.tmp/**',
      'artefacts/**',
      'tests/app/**',
    ],
  },
  {
    files: ['**/*.mjs', 'plugin/**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['plugin/server/**/*.ts', 'plugin/admin/**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['plugin/admin/**/*.{ts,tsx}'],
    // react-intl types its bound functions as methods, and taking them out of useIntl() is its way.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['plugin/server/src/**/*.ts'],
    ignores: ['plugin/server/src/clock.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'clock.ts holds the only Date.now().' },
      ],
    },
  },
  {
    files: ['plugin/shared/**/*.ts'],
    rules: forbid(NO_SERVER, NO_ADMIN),
  },
  {
    files: ['plugin/admin/**/*.{ts,tsx}'],
    rules: forbid(ONLY_SHARED_LOADS_PKG, NO_SERVER),
  },
  {
    files: ['plugin/server/src/**/*.ts'],
    rules: forbid(ONLY_SHARED_LOADS_PKG, NO_ADMIN),
  },
  {
    files: ['plugin/server/src/{routes,content-types}/**/*.ts'],
    rules: forbid(
      ONLY_SHARED_LOADS_PKG,
      NO_ADMIN,
      NO_CORE,
      layer(['services', 'stores', 'seams'], 'Routes name controllers; they call nothing.'),
    ),
  },
  {
    files: ['plugin/server/src/{controllers,policies,middlewares,background}/**/*.ts'],
    rules: forbid(
      ONLY_SHARED_LOADS_PKG,
      NO_ADMIN,
      NO_CORE,
      layer(['stores', 'routes'], 'Whatever is called from outside asks services, never stores.'),
    ),
  },
  {
    files: ['plugin/server/src/services/**/*.ts'],
    rules: forbid(
      ONLY_SHARED_LOADS_PKG,
      NO_ADMIN,
      layer(
        ['controllers', 'middlewares', 'routes', 'seams', 'background'],
        'Services are called by the outer layers and never call them.',
      ),
    ),
  },
  {
    files: ['plugin/server/src/stores/**/*.ts'],
    rules: forbid(
      ONLY_SHARED_LOADS_PKG,
      NO_ADMIN,
      NO_CORE,
      layer(
        ['services', 'controllers', 'middlewares', 'routes', 'seams', 'background'],
        'Stores know neither the core nor services: they do I/O only.',
      ),
    ),
  },
);
