import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const sizes = {
  complexity: ['error', { max: 10, variant: 'modified' }],
  'max-params': ['error', 4],
  'max-depth': ['error', 3],
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
};

/** execa starts processes, and only the driver of the juju CLI may start one. */
const noProcesses = [
  'error',
  {
    paths: [
      { name: 'execa', message: 'Only src/juju/cli/spawn.ts starts processes.' },
      { name: 'child_process', message: 'Use the JujuCli port.' },
      { name: 'node:child_process', message: 'Use the JujuCli port.' },
    ],
  },
];

/** What the page's own script uses of a browser. */
const browser = Object.fromEntries(
  [
    'CSS',
    'DOMParser',
    'EventSource',
    'addEventListener',
    'document',
    'fetch',
    'location',
    'setTimeout',
    'window',
  ].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  { ignores: ['dist', 'build', 'node_modules', 'charm', 'coverage', '.dependency-cruiser.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-console': 'error',
      'no-restricted-imports': noProcesses,
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config reads the environment.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Records read from Juju are indexed by hostile names; `dot-notation` would fight noPropertyAccessFromIndexSignature.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  { files: ['src/juju/cli/spawn.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/config/**'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['**/*.spec.ts', 'test/**', 'scripts/**'],
    rules: {
      'no-console': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  {
    files: ['**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { process: 'readonly' },
    },
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-properties': 'off' },
  },
  { files: ['assets/**'], languageOptions: { globals: browser } },
);
