import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeRedirectUri } from '../support/port.ts'
import { tempFolder } from '../support/temp.ts'

const top = fileURLToPath(new URL('../../', import.meta.url))

/** What is looked at in a manifest and in a bill of materials. */
interface Described {
  dependencies?: object
  optionalDependencies?: object
  peerDependencies?: object
  devDependencies?: object
  scripts?: object
  components?: { name: string; version: string; hashes: { content: string }[] }[]
}

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
  test('holds the program and what a reader needs, and no source map', () => {
    const names = packed.files.map(({ path }) => path)
    const rest = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'src/transcript.schema.json']
    expect(names.filter((name) => !/^(?:bin|dist)\/[^.].*(?<!\.map)$/.test(name)).sort()).toEqual(rest)
    expect(names).toEqual(expect.arrayContaining(['bin/authwalk.js', 'dist/main.js', 'dist/licenses.txt', 'dist/sbom.cdx.json']))
  })

  test('installs nothing besides itself, and runs nothing at that', async () => {
    const { dependencies, optionalDependencies, peerDependencies, scripts } = await json('package.json')
    expect({ dependencies, optionalDependencies, peerDependencies }).toEqual({})
    expect(Object.keys(scripts ?? {}).filter((name) => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([])
  })

  test('says what is bundled in it, under which licence', async () => {
    const { devDependencies = {} } = await json('package.json')
    const { components = [] } = await json('dist/sbom.cdx.json')
    const licences = await readFile(join(top, 'dist/licenses.txt'), 'utf8')
    for (const name of ['commander', 'open', 'undici', 'jose', 'chalk', 'inquirer', 'oidc-provider']) {
      expect(devDependencies).toHaveProperty(name)
      expect(components.map((component) => component.name)).toContain(name)
    }
    for (const { name, version, hashes } of components) {
      expect(licences).toContain(`${name} ${version} (`)
      expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/)
    }
  })

  test('is a library too, which neither starts the program nor loads the command line', async () => {
    const script = 'const { authorizationCodeFlow } = require("authwalk"); console.log(typeof authorizationCodeFlow, ...Object.keys(require.cache).map((file) => path.basename(file)))'
    const { stdout, stderr } = await command(process.execPath, ['-e', script], top)
    expect(stdout).toMatch(/^function /)
    expect(stdout).not.toMatch(/ (?:main|command|walk)\.js\b/)
    expect(stderr).toBe('')
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

async function json(name: string): Promise<Described> {
  return JSON.parse(await readFile(join(top, name), 'utf8')) as Described
}

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
