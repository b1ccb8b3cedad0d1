import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import type { Flags, PracticeFlags } from '../../src/cli/options.ts'
import { runProgram } from '../../src/cli/program.ts'

interface Ran {
  issuer?: string | undefined
  flags?: Flags
  practice?: PracticeFlags
}

async function ran(...argv: string[]): Promise<Ran> {
  const result: Ran = {}
  await runProgram(argv, {
    walk: async (issuer, flags) => void Object.assign(result, { issuer, flags }),
    practice: async (practice) => void Object.assign(result, { practice }),
    more: () => {},
  })
  return result
}

async function refused(...argv: string[]): Promise<UsageError> {
  const error: unknown = await ran(...argv).catch((thrown: unknown) => thrown)
  if (error instanceof UsageError) return error
  throw new Error(`not refused: ${argv.join(' ')}`, { cause: error })
}

describe('what is refused names its flag, and exits with 2', () => {
  test.each([
    ['--port', 'practice', '--port', '0'],
    ['--port', 'practice', '--port', '99999'],
    ['--port', 'practice', '--port', 'abc'],
    ['--timeout', '--timeout', '0'],
    ['--timeout', '--timeout', '1e3'],
    ['--wait', '--wait', '-1'],
    ['--wait', '--wait', ''],
    ['--clock-skew', '--clock-skew', '601'],
    ['--max-age', '--max-age', '1.5'],
    ['--pkce', '--pkce', 's256'],
    ['--browser', '--browser', 'firefox'],
    ['--auth-method', '--auth-method', 'client_secret_jwt'],
    ['--print', '--print', 'code'],
    ['--param', '--param', '=value'],
    ['--token-param', '--token-param', 'resource'],
    ['--client-id', '--client-id', ' '],
    ['--save', '--save', ''],
    ['--scope', '--scope'],
    ['redirect URI', '--redirect-uri', 'http://127.0.0.1:99999/callback'],
    ['redirect URI', '--redirect-uri', 'http://127.0.0.1:0/callback'],
    ['redirect URI', '--redirect-uri', 'http://192.0.2.1:8765/callback'],
    ['redirect URI', '--redirect-uri', 'http://127.0.0.1:8765/callback#x'],
    ['--token-endpoint', '--token-endpoint', 'http://as.example.com/token'],
    ['--authorization-endpoint', '--authorization-endpoint', 'javascript:alert(1)'],
    ['--userinfo-endpoint', '--userinfo-endpoint', 'https://u@as.example.com/'],
    ['--jwks-uri', '--jwks-uri', '/keys'],
    ['--resource', '--resource', 'https://api.example.com/#top'],
    ['--metadata', '--metadata', 'ftp://as.example.com/metadata'],
    ['--such-a-flag', '--such-a-flag'],
    ['arguments', 'https://a.example.com', 'https://b.example.com'],
  ])('%s: %s %s %s', async (named, ...argv) => {
    const error = await refused(...argv)
    expect(error.exit).toBe(2)
    expect(error.explanation.happened).toContain(named)
    expect(error.explanation.tries).not.toEqual([])
  })

  test('a choice lists the others', async () => {
    expect((await refused('--auth-method', 'basic')).explanation.happened).toContain('client_secret_basic, client_secret_post, client_secret_basic_raw, none')
  })

  test('a slip of the pen gets its flag', async () => {
    expect((await refused('--clent-id', 'a')).explanation.tries).toEqual(['--client-id'])
  })

  test.each([
    ['authwalk help practice', 'practice', '--such-a-flag'],
    ['authwalk --help', '--such-a-flag', 'practice'],
  ])('%s: is the help of what was called', async (help, ...argv) => {
    expect((await refused(...argv)).explanation).toMatchObject({ tries: [help], read: [help] })
  })
})

describe('a secret on the command line', () => {
  const canary = 'canary-4711'

  test.each([
    ['--client-secret', canary],
    [`--client-secret=${canary}`],
    [`--client_secret=${canary}`],
    [`--clientSecret=${canary}`],
    ['--secret', canary],
    [`--password=${canary}`],
    ['--practice', '--client-secret', canary],
    ['practice', `--client-secret=${canary}`],
    ['--param', `client_secret=${canary}`],
    ['--token-param', `client_assertion=${canary}`],
  ])('%s %s: is refused with the three safe ways', async (...argv) => {
    const { explanation } = await refused(...argv)
    expect(JSON.stringify(explanation)).not.toContain(canary)
    expect(explanation.tries).toHaveLength(3)
  })

  test.each([
    [`--client-secrt=${canary}`],
    [`--such-a-flag=a'b=${canary}`],
    [`--such-a-flag=a\n${canary}`],
    [`-p${canary}`],
    [`--wait=${canary}`],
    [`--token-endpoint=https://walker:${canary}@as.example.com/`],
  ])('%s: a flag that is wrong is not repeated with its value', async (argument) => {
    const { explanation } = await refused(argument)
    expect(JSON.stringify(explanation)).not.toContain(canary)
  })

  test('the file is a flag', async () => {
    expect((await ran('--client-secret-file=-')).flags?.clientSecretFile).toBe('-')
  })
})

describe('what is taken', () => {
  test('the defaults', async () => {
    const { issuer, flags } = await ran()
    expect(issuer).toBeUndefined()
    expect(flags).toEqual({ pause: true, timeout: 10, wait: 300, clockSkew: 300 })
  })

  test('parameters add up, and keep what stands behind the first =', async () => {
    const { flags } = await ran('--param', 'a=b=c', '--param', 'a=', '--token-param', 'resource=https://api.example.com')
    expect(flags?.param).toEqual([{ name: 'a', value: 'b=c' }, { name: 'a', value: '' }])
    expect(flags?.tokenParam).toEqual([{ name: 'resource', value: 'https://api.example.com' }])
  })

  test('each command has its own --redirect-uri', async () => {
    const { practice, flags } = await ran('practice', '--redirect-uri', 'http://localhost:1234/cb')
    expect(practice).toEqual({ port: 4455, redirectUri: 'http://localhost:1234/cb' })
    expect(flags).toBeUndefined()
  })
})

test('until a walk begins nothing heavy is loaded', () => {
  expect(packagesOf(['src/cli/main.ts', 'src/cli/command.ts'])).toEqual(['commander'])
})

/** Packages that these files need as soon as they are loaded. */
function packagesOf(entries: string[]): string[] {
  const files = new Set(entries)
  const packages = new Set<string>()
  for (const file of files) {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    for (const [, from = ''] of text.matchAll(/^(?:import|export) (?!type\b)[^']*?from '([^']+)'/gm)) {
      if (from.startsWith('.')) files.add(posix.join(posix.dirname(file), from))
      else if (!from.startsWith('node:')) packages.add(from)
    }
  }
  return [...packages]
}
