import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

/**
 * Makes a module that imports from src into one that Node can run.
 * @param {URL} entry
 * @param {'mjs' | 'cjs'} [ending] Node starts a CommonJS program faster than a module
 * @returns where it is, until it is disposed of
 */
export async function bundled(entry, ending = 'mjs') {
  const folder = await mkdtemp(join(tmpdir(), 'authwalk-bundled-'))
  const path = join(folder, `entry.${ending}`)
  await build({
    input: fileURLToPath(entry),
    platform: 'node',
    transform: { target: 'node20.19' },
    checks: { eval: false },
    output: { file: path, format: ending === 'cjs' ? 'cjs' : 'esm', keepNames: true, codeSplitting: false },
    logLevel: 'warn',
  })
  await chmod(path, 0o755)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
