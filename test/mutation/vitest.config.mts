import { defineConfig } from 'vitest/config'

/** The tests that hold the mutated modules to their word, without a child process or a socket among them. */
export default defineConfig({
  test: {
    // A machine that is busy must not pass for a test that noticed.
    testTimeout: 60_000,
    include: [
      'test/checks/*.test.ts',
      'test/redact.test.ts',
      'test/render/escape.test.ts',
      'test/render/html.test.ts',
      'test/io/gate.test.ts',
      'test/oauth/url.test.ts',
    ],
  },
})
