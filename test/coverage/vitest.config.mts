import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import usual from '../vitest.config.mts'

const top = fileURLToPath(new URL('../../', import.meta.url))

/** Tests import what the children run: modules compiled once, so that one tool counts both. */
export default mergeConfig(usual, defineConfig({
  plugins: [
    {
      name: 'compiled',
      enforce: 'pre',
      async resolveId(source, importer) {
        const found = source.startsWith('.') ? await this.resolve(source, importer, { skipSelf: true }) : null
        const compiled = found?.id.startsWith(`${top}src/`) ? found.id.replace(`${top}src/`, `${top}coverage/build/src/`).replace(/\.ts$/, '.js') : ''
        return existsSync(compiled) ? compiled : null
      },
    },
  ],
  test: {
    // They replace a package or a built-in for modules that vitest itself has loaded.
    exclude: ['test/io/browser.test.ts', 'test/io/files.test.ts'],
    server: { deps: { external: [/\/coverage\/build\//] } },
    setupFiles: ['test/coverage/take.ts'],
  },
}))
