/** What judges and what lets through: `npm run mutate` changes it piece by piece, and the tests have to notice. */
export default {
  packageManager: 'npm',
  // Stryker's own reader of it does not know TypeScript 7.
  tsconfigFile: 'none',
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './test/mutation/prose.mjs'],
  ignorers: ['prose'],
  vitest: { configFile: 'test/mutation/vitest.config.mts' },
  mutate: [
    'src/checks/*.ts',
    'src/render/escape.ts',
    'src/render/html.ts',
    'src/redact.ts',
    'src/redact/*.ts',
    'src/io/gate.ts',
    'src/oauth/url.ts',
  ],
  coverageAnalysis: 'perTest',
  timeoutMS: 30_000,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  tempDirName: 'coverage/stryker',
  thresholds: { high: 95, low: 85, break: 85 },
}
