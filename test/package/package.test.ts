import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeRedirectUri } from '../support/port.ts'
import { tempFolder } from '../support/temp.ts'

const top = fileURLToPath(new URL('../../', import.meta.url))

interface Packed {
  filename: string
  version: string
  files: { path: string }[]
}

let folder: Awaited<ReturnType<typeof tempFolder>>
let packed: Packed

beforeAll(async () => {
  folder = await tempFolder()
  // `npm test` has built it; building again would change files under the tests that run beside this one.
  const { stdout } = await command('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path], top)
  const [only] = JSON.parse(stdout) as Packed[]
  if (!only) throw new Error(`npm pack told nothing: ${stdout}`)
  packed = only
})

afterAll(() => folder[Symbol.asyncDispose]())

describe('the packed tarball', () => {
  test('holds the program and what a reader needs', () => {
    const names = packed.files.map(({ path }) => path)
    const strangers = names.filter(name => !/^(?:bin\/|dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/.test(name))
    expect(strangers).toEqual([])
    expect(names).toEqual(expect.arrayContaining(['bin/authwalk.js', 'LICENSE', 'README.md', 'package.json']))
    expect(names.find(name => name.endsWith('schema.json'))).toBeDefined()
  })

  test('tells its version', async () => {
    const { stdout } = await npx(['--version'])
    expect(stdout.trim()).toBe(packed.version)
  })

  test('walks from an empty folder', async () => {
    const { stdout } = await npx(['--practice', '--json', '--redirect-uri', await freeRedirectUri()])
    expect(JSON.parse(stdout)).toMatchObject({ outcome: { status: 'completed', exit: 0 } })
  })
})

/** `npx ./authwalk-*.tgz`, in a folder that holds nothing else. */
function npx(args: string[]) {
  return command('npx', ['--yes', '--prefer-offline', `./${packed.filename}`, ...args], folder.path)
}

/** As from a shell, and not from inside `npm test`. */
function command(name: string, args: string[], cwd: string) {
  const inside = /^npm_(?!config_)|^npm_config_local_prefix$|^INIT_CWD$|^BROWSER$|^AUTHWALK_/
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !inside.test(key)))
  return promisify(execFile)(name, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 })
}
