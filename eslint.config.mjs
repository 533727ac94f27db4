import tseslint from 'typescript-eslint';

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
);
