// The tarball, and what `npx` makes of it.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cleanEnv, versus } from './measure.mjs'

const top = fileURLToPath(new URL('../../', import.meta.url))
const ROUNDS = 5

/** @param {(row: import('./processes.mjs').Row) => void} tell */
export async function packed(tell) {
  const folder = await mkdtemp(join(tmpdir(), 'authwalk-bench-'))
  try {
    const ours = await pack(top, folder)
    const { size } = await stat(ours)
    tell({ what: 'the tarball, of 1 kB', ratio: size / 1000, most: 700, detail: `${size} bytes` })

    await npm(folder, 'install', '--prefix', join(folder, 'installed'), ours)
    const installed = await readdir(join(folder, 'installed', 'node_modules'))
    const packages = installed.filter((name) => !name.startsWith('.'))
    tell({ what: 'packages that npx installs', ratio: packages.length, most: 1, detail: packages.join(', ') })

    const empty = await pack(await emptyPackage(folder), folder)
    const figures = await versus(() => cold(folder, ours), () => cold(folder, empty), ROUNDS)
    const detail = `${figures.a.toFixed(0)} / ${figures.b.toFixed(0)} ms`
    tell({ what: 'cold npx from the tarball, against an empty package', ratio: figures.ratio, most: 1.5, detail })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** @param {string} folder */
async function emptyPackage(folder) {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  await writeFile(join(empty, 'package.json'), JSON.stringify({ name: 'nothing-at-all', version: '1.0.0', bin: 'nothing.js' }))
  await writeFile(join(empty, 'nothing.js'), '#!/usr/bin/env node\n')
  return empty
}

/**
 * @param {string} from
 * @param {string} to
 */
async function pack(from, to) {
  const stdout = await npm(from, 'pack', '--json', '--pack-destination', to)
  /** @type {{ filename: string }[]} */
  const [{ filename } = { filename: '' }] = JSON.parse(stdout)
  return join(to, filename)
}

/**
 * @param {string} folder
 * @param {string} tarball
 * @returns {Promise<number>} milliseconds, with a cache that holds nothing
 */
async function cold(folder, tarball) {
  const cache = await mkdtemp(join(folder, 'cache-'))
  await cp(tarball, join(cache, 'package.tgz'))
  const began = performance.now()
  await npm(cache, 'exec', '--yes', '--offline', '--cache', join(cache, 'npm'), './package.tgz', '--', '--version')
  return performance.now() - began
}

/**
 * @param {string} cwd
 * @param {...string} args
 */
async function npm(cwd, ...args) {
  const { stdout } = await promisify(execFile)('npm', args, { cwd, env: cleanEnv, maxBuffer: 1 << 24 })
  return stdout
}
