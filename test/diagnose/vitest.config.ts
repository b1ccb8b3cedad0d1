import { defineConfig } from 'vitest/config'

/** All of the seeds: the tests take one in five. */
export default defineConfig({
  test: { include: ['test/diagnose/*.test.ts'], env: { AUTHWALK_DIAGNOSE: 'all' }, testTimeout: 60_000, silent: true, reporters: ['dot'] },
})
