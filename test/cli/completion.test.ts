import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { checks } from '../../src/checks/index.ts'
import { SHELLS } from '../../src/cli/commands/completion.ts'
import { subcommands } from '../../src/cli/commands/index.ts'
import { walkOptions } from '../../src/cli/options.ts'
import { clientAuthenticationMethods } from '../../src/oauth/client-authentication.ts'
import { writeProfile } from '../../src/cli/profile.ts'
import { lies } from '../../src/practice/lies.ts'
import { presets } from '../../src/providers/index.ts'
import { run } from '../support/child.ts'
import { tempFolder } from '../support/temp.ts'
import { expectFourLines } from '../support/walk.ts'

const scripts: Record<string, string> = {}

beforeAll(async () => {
  for (const shell of SHELLS) {
    scripts[shell] = (await run(['completion', shell])).stdout
  }
})

const exists = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0
const flags = Object.values(walkOptions()).flat().map(({ long }) => String(long))
const commands = ['practice', ...subcommands.map(({ name }) => name)]
const lieIds = lies.map(({ id }) => id)
const providerIds = presets.map(({ id }) => id)

describe.each(SHELLS)('%s', (shell) => {
  test('knows every name that the program knows', () => {
    const words = new Set(scripts[shell]?.split(/[^\w.+-]+/))
    const spelled = flags.map((flag) => (shell === 'fish' ? flag.slice(2) : flag))
    const checkIds = checks.map(({ id }) => id)
    const names = [...spelled, ...commands, ...lieIds, ...providerIds, ...checkIds, ...Object.keys(clientAuthenticationMethods)]
    expect(names.filter((name) => !words.has(name))).toEqual([])
  })

  test.skipIf(shell === 'powershell' || !exists(shell))('is a script of that shell', async () => {
    await using folder = await tempFolder()
    const file = join(folder.path, 'script')
    await writeFile(file, scripts[shell] ?? '')
    const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe.skipIf(!exists('bash'))('what bash offers', () => {
  /** Words as bash splits them, with the cursor at the end of the last. */
  function offered(words: readonly string[], cwd?: string): string[] {
    const script = `${scripts['bash']}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _authwalk; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', 'authwalk', ...words], { cwd, encoding: 'utf8' })
    expect(stderr).toBe('')
    return stdout.split('\n').filter((line) => line !== '')
  }

  test.each([
    [[''], commands],
    [['--pk'], ['--pkce']],
    [['--pkce', ''], ['S256', 'plain', 'none']],
    [['--pkce', '=', 's'], []],
    [['--pkce', '=', 'S'], ['S256']],
    [['--pkce', '='], ['S256', 'plain', 'none']],
    [['--auth-method', 'client_secret_b'], ['client_secret_basic', 'client_secret_basic_raw']],
    [['--provider', ''], providerIds],
    [['--practice', ''], lieIds],
    [['--practice', '=', ''], lieIds],
    [['--practice', '--js'], ['--json']],
    [['--report', 'mark'], ['markdown=']],
    [['--client-id', ''], []],
    [['--client-id', 'abc', 're'], commands.filter((name) => name.startsWith('re'))],
    [['practice', '--lie', ''], lieIds],
    [['practice', '--'], ['--port', '--lie', '--redirect-uri', '--help']],
    [['practice', ''], []],
    [['providers', ''], providerIds],
    [['explain', 'id-token-au'], checks.map(({ id }) => id).filter((id) => id.startsWith('id-token-au'))],
    [['report', '--format', 'm'], ['mermaid', 'markdown']],
    [['completion', ''], [...SHELLS]],
  ])('%j', (words, expected) => {
    expect(offered(words)).toEqual(expected)
  })

  test('files, with their spaces, where a file is due', async () => {
    await using folder = await tempFolder()
    await writeFile(join(folder.path, 'walk one.json'), '')
    await mkdir(join(folder.path, 'walks'))
    for (const words of [['--save', 'wa'], ['report', 'wa'], ['report', '--out', 'wa'], ['--save', '=', 'wa']]) {
      expect(offered(words, folder.path).toSorted()).toEqual(['walk one.json', 'walks'])
    }
  })
})

describe.skipIf(!exists('fish'))('what fish offers', () => {
  test.each([
    ['--pk', ['--pkce']],
    ['--provider g', providerIds.filter((id) => id.startsWith('g'))],
    ['explain id-token-au', checks.map(({ id }) => id).filter((id) => id.startsWith('id-token-au'))],
    ['doc', ['doctor']],
    ['completion ', [...SHELLS]],
  ])('%j', (line, expected) => {
    const script = `${scripts['fish']}\ncomplete -C 'authwalk ${line}'`
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' })
    expect(stdout.trim().split('\n').map((offer) => offer.split('\t')[0])).toEqual(expected.toSorted())
  })
})

test('profiles by their names', async () => {
  await using folder = await tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path, APPDATA: folder.path }
  await writeProfile('work-staging', { issuer: 'https://as.example.com', flags: {} }, env)
  const { stdout, stderr } = await run(['completion', 'bash'], { env })
  expect(stderr).toBe('')
  expect(stdout).toContain("' --profile') words='work-staging' ;;")
})

test('another shell is a usage error', async () => {
  const ending = await run(['completion', 'tcsh'])
  expectFourLines(ending, 2)
  expect(ending.stderr).toContain('bash, zsh, fish, powershell')
})
