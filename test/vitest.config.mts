import { defineConfig } from 'vitest/config'

const report = process.env['AUTHWALK_TEST_REPORT']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/left-out.ts',
    // Most tests wait for a child or a socket: more of them than cores.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
