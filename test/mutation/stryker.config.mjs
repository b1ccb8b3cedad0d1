/**
 * What judges and what lets through: `npm run mutate` changes it piece by piece, and the tests have to notice.
 *
 * What survives, and why no test is missing:
 * - an empty address or family in the lists of oauth/url.ts: the module throws as it is loaded, no test of the file is
 *   run, and Stryker takes that for none that failed
 * - `?? ''`, `?.`, `: []` and `= []` for what the rules before have made sure of: the type checker asks for them
 * - a condition that a stricter one beside it repeats: `typeof` before `Number.isSafeInteger`, `in` before `typeof`, the
 *   https of metadata.ts behind `isSecure`, `family !== 0` where `BlockList` has no name in it, the test for a backslash
 *   in redact/spellings.ts, which only saves time
 * - members of a JWK that its `kty` has no use for (jwks.ts), and brackets in the middle of a host name (url.ts)
 * - sentences that refusals.ts keeps in constants
 */
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
