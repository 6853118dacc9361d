import { sideBySide } from './test/support/long-first.ts';

/** Unit tests stand beside their file; wider ones under test/. `make test` names the suites. */
const swc = [
  '@swc/jest',
  {
    jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^fast-check$': '<rootDir>/test/support/fast-check.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/build'],
};
const suite = (name, testMatch, extra = {}) => ({ ...shared, displayName: name, testMatch, ...extra });
/** Each test names its file, and a file that could not be run at all counts as a failed test. */
const counted = { addFileAttribute: 'true', reportTestSuiteErrors: 'true' };
const junit = process.env.HOLDFAST_JUNIT;
/** Needs real servers, which `make e2e` builds and names. */
const e2e = process.env.HOLDFAST_E2E ? [suite('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'])] : [];

export default {
  projects: [
    suite('unit', ['<rootDir>/src/**/*.spec.ts', '<rootDir>/scripts/**/*.spec.ts']),
    suite('property', ['<rootDir>/test/property/**/*.spec.ts']),
    suite('contract', ['<rootDir>/test/contract/**/*.spec.ts']),
    suite('integration', ['<rootDir>/test/integration/**/*.spec.ts']),
    suite('simulation', ['<rootDir>/test/simulation/**/*.spec.ts']),
    ...e2e,
  ],
  // Longer than anything is waited for (test/support/patience.ts): whoever waits says what for.
  testTimeout: 600_000,
  maxWorkers: sideBySide,
  testSequencer: '<rootDir>/test/support/long-first.ts',
  reporters: junit
    ? ['default', ['jest-junit', { ...counted, outputDirectory: 'build/junit', outputName: junit }]]
    : ['default'],
};
