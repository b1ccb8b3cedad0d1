import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Flags } from '../../src/cli/options.ts'
import { profilePath, readProfile, writeProfile } from '../../src/cli/profile.ts'
import { KEPT, parseProfile, profileText } from '../../src/cli/profile-format.ts'
import { type Answers, remembering, saveProfile, withProfile } from '../../src/cli/profile-use.ts'
import { runProgram } from '../../src/cli/program.ts'
import { type Ask, type Given, planOf } from '../../src/cli/settings.ts'
import { UsageError } from '../../src/errors.ts'
import { run } from '../support/child.ts'
import { freePort } from '../support/port.ts'
import { tempFolder } from '../support/temp.ts'

async function typed(...argv: string[]): Promise<Given> {
  let given: { issuer: string | undefined; flags: Flags } | undefined
  await runProgram(argv, { walk: async (issuer, flags) => void (given = { issuer, flags }), practice: async () => {}, more: () => {} })
  if (!given) throw new Error('another command')
  return { ...given, credentials: {} }
}

async function refusal(work: () => unknown): Promise<UsageError['explanation']> {
  try {
    await work()
  } catch (error) {
    if (error instanceof UsageError) return error.explanation
    throw error
  }
  throw new Error('not refused')
}

async function home() {
  const folder = await tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path }
  return {
    env,
    async put(name: string, text: string) {
      await mkdir(join(folder.path, 'authwalk', 'profiles'), { recursive: true, mode: 0o700 })
      await writeFile(join(folder.path, 'authwalk', 'profiles', `${name}.json`), text, { mode: 0o600 })
    },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  }
}

const everything = {
  issuer: 'https://as.example.com',
  provider: 'okta',
  tenant: 't',
  domain: 'd.example.com',
  app: 'a',
  metadata: '/etc/metadata.json',
  'authorization-endpoint': 'https://as.example.com/authorize',
  'token-endpoint': 'https://as.example.com/token',
  'userinfo-endpoint': 'https://as.example.com/userinfo',
  'jwks-uri': 'https://as.example.com/jwks',
  resource: 'https://api.example.com/',
  ca: '/etc/ca.pem',
  'client-id': 'client',
  'auth-method': 'client_secret_post',
  'id-token-alg': 'ES256',
  'redirect-uri': 'http://127.0.0.1:9/cb',
  listen: 'http://127.0.0.1:9',
  cert: '/etc/cert.pem',
  key: '/etc/key.pem',
  scope: 'openid',
  offline: true,
  pkce: 'plain',
  prompt: 'login',
  'login-hint': 'alice',
  'max-age': 60,
  'acr-values': 'gold',
  param: ['a=b=c', 'a='],
  'token-param': ['resource=https://api.example.com/'],
  secret: { env: 'WORK_SECRET' },
}

describe('the file', () => {
  test('holds every kept flag under its own name, and comes back as it went', () => {
    expect(Object.keys(everything).filter((name) => !['issuer', 'secret'].includes(name)).toSorted()).toEqual([...KEPT].toSorted())
    expect(JSON.parse(profileText(parseProfile(JSON.stringify(everything), 'p')))).toEqual(everything)
  })

  test.each([
    ['{"browser": "system"}', 'browser'],
    ['{"BROWSER": "/bin/sh"}', 'BROWSER'],
    ['{"save": "/etc/passwd"}', 'save'],
    ['{"practice": true}', 'practice'],
    ['{"profile": "other"}', 'profile'],
    ['{"client-secret-file": "/etc/shadow"}', 'client-secret-file'],
    ['{"client_secret": "s3cret"}', 'client_secret'],
    ['{"__proto__": {"issuer": "https://evil.example"}}', '__proto__'],
    ['{"constructor": {}}', 'constructor'],
  ])('%s: a member that it does not know is refused by its name', async (text, name) => {
    const { happened } = await refusal(() => parseProfile(text, 'p.json'))
    expect(happened).toBe(`p.json:1: a profile has no member "${name}"`)
    expect(happened).not.toContain('s3cret')
  })

  test.each([
    ['{\n "issuer": "http://as.example.com"}', 'p.json:2: issuer'],
    ['{\n\n "redirect-uri": "http://192.0.2.1/"}', 'p.json:3: '],
    ['{"param": "client_secret=s3cret"}', 'p.json:1: --param client_secret'],
    ['{"scope": ["a", "b"]}', 'p.json:1: "scope" has to be a text'],
    ['{"offline": "yes"}', 'p.json:1: "offline" is true'],
    ['{"pkce": "S512"}', 'p.json:1: --pkce'],
    ['{"ca": "ca.pem"}', 'p.json:1: "ca" has to be a whole path'],
    ['{"metadata": "./m.json"}', 'p.json:1: "metadata" has to be a whole path'],
    ['{"secret": "s3cret"}', 'p.json:1: "secret" is {"env"'],
    ['{"secret": {"env": "A", "file": "/b"}}', 'p.json:1: "secret" is'],
    ['{"secret": {"env": "$(id)"}}', 'p.json:1: "secret" is'],
    ['{"secret": {"file": "secret.txt"}}', 'p.json:1: "secret" is'],
    ['{"secret": {"command": "pass show a"}}', 'p.json:1: "secret" is'],
    ['{"scope": "a",\n "scope": "b"}', 'p.json:1: "scope" is in it twice'],
    ['{"scope": "a",\n "prompt": }', 'p.json:2: it is not JSON'],
    ['', 'p.json:1: it is empty'],
    ['[]', 'p.json:1: a profile is a JSON object'],
    [`${'['.repeat(100_000)}`, 'p.json:1: nested deeper'],
    [`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, 'p.json:1: nested deeper'],
  ])('%j is refused with its line, and no value is repeated', async (text, says) => {
    const { happened } = await refusal(() => parseProfile(text, 'p.json'))
    expect(happened).toContain(says)
    expect(happened).not.toContain('s3cret')
  })

  test.each(['', 'Work', 'a b', '../a', 'a/b', 'a.b', '-a', 'con', 'x'.repeat(65), 'ä'])('%j is no name', async (name) => {
    await using at = await home()
    expect((await refusal(() => profilePath(name, at.env))).happened).toContain('a-z, 0-9 and -')
  })

  test('one that is there is not written over, and one that is not there is named with those that are', async () => {
    await using at = await home()
    const path = await writeProfile('work', { issuer: 'https://as.example.com', flags: {} }, at.env)
    expect((await refusal(() => writeProfile('work', { flags: {} }, at.env))).happened).toContain('is there already')
    expect(await readFile(path, 'utf8')).toContain('as.example.com')
    expect(await refusal(() => readProfile('home', at.env))).toMatchObject({ happened: 'There is no profile home', means: 'Saved are work.' })
  })
})

describe('a walk with a profile', () => {
  const saved = JSON.stringify({ issuer: 'https://as.example.com', 'client-id': 'kept', scope: 'openid', prompt: 'login', param: ['a=1', 'b=2'], secret: { env: 'WORK_SECRET' } })

  test('is the walk that was typed with it', async () => {
    await using at = await home()
    await at.put('work', saved)
    const env = { ...at.env, WORK_SECRET: 's3cret' }
    const plan = await planOf(await withProfile(await typed('--profile', 'work', '--scope', 'openid email', '--param', 'b=3'), env))
    expect(plan).toMatchObject({ server: { issuer: 'https://as.example.com' }, client: { id: 'kept', secret: 's3cret' }, scope: 'openid email' })
    expect(plan.parameters.map(({ name, value }) => `${name}=${value}`)).toEqual(['prompt=login', 'a=1', 'b=3'])
    expect(env).toEqual(at.env)
  })

  test('never takes another client’s secret from the environment', async () => {
    await using at = await home()
    await at.put('work', saved)
    const given = { ...await typed('--profile', 'work'), credentials: { id: 'other', secret: 'of-another-client' } }
    expect((await refusal(() => withProfile(given, { ...at.env }))).happened).toContain('WORK_SECRET')
    const { client } = await planOf(await withProfile(given, { ...at.env, WORK_SECRET: 's3cret' }))
    expect(client).toEqual({ id: 'kept', secret: 's3cret' })
  })

  test('reads the secret from the file that it names', async () => {
    await using at = await home()
    const file = join(at.env.XDG_CONFIG_HOME, 'secret')
    await writeFile(file, 'from-file\n', { mode: 0o600 })
    await at.put('work', JSON.stringify({ issuer: 'https://as.example.com', 'client-id': 'kept', secret: { file } }))
    expect((await planOf(await withProfile(await typed('--profile', 'work'), at.env))).client.secret).toBe('from-file')
  })

  test.each([['https://evil.example'], ['--provider', 'google'], ['--token-endpoint', 'https://evil.example/'], ['--metadata', 'm.json'], ['--practice']])('%s %s is another place: refused', async (...argv) => {
    await using at = await home()
    await at.put('work', saved)
    const given = await typed(...argv, '--profile', 'work')
    expect((await refusal(() => withProfile(given, at.env))).means).toContain('its secret belongs there')
  })
})

describe('saving', () => {
  const as = 'https://as.example.com'

  async function kept(given: Given, ask?: Ask): Promise<unknown> {
    await using at = await home()
    const answers: Answers = { flags: {} }
    const plan = await planOf(given, ask && remembering(ask, answers))
    return JSON.parse(await readFile(await saveProfile('work', given, answers, plan, at.env), 'utf8'))
  }

  test('keeps what was typed, and of the secret only where it is', async () => {
    const given = { ...await typed(as, '--client-id', 'c', '--prompt', 'login', '--browser', 'none', '--no-pause'), credentials: { secret: 's3cret' } }
    expect(await kept(given)).toEqual({ issuer: as, 'client-id': 'c', 'redirect-uri': 'http://127.0.0.1:8765/callback', prompt: 'login', secret: { env: 'AUTHWALK_CLIENT_SECRET' } })
  })

  test('a secret file is kept by its whole path, a public client without any', async () => {
    await using folder = await tempFolder()
    const file = join(folder.path, 'secret')
    await writeFile(file, 's3cret', { mode: 0o600 })
    expect(await kept(await typed(as, '--client-id', 'c', '--client-secret-file', file))).toMatchObject({ secret: { file } })
    expect(await kept({ ...await typed(as, '--client-id', 'c', '--auth-method', 'none'), credentials: { secret: 's3cret' } })).not.toHaveProperty('secret')
  })

  test('keeps answers as if they had been typed, but for the secret', async () => {
    const ask: Ask = {
      where: async () => ({ provider: 'keycloak' }),
      issuer: async () => as,
      variable: async (_, { name }) => ({ domain: 'sso.example.com', tenant: 'main', app: '' })[name],
      clientId: async () => 'asked',
      clientSecret: async () => 's3cret',
    }
    expect(await kept(await typed(), ask)).toEqual({ provider: 'keycloak', tenant: 'main', domain: 'sso.example.com', 'client-id': 'asked', 'redirect-uri': 'http://127.0.0.1:8765/callback' })
  })

  test('the practice provider has nothing to keep', async () => {
    expect((await refusal(async () => planOf(await typed('--practice', '--save-profile', 'work')))).happened).toContain('--save-profile')
  })
})

test('authwalk --save-profile, profiles and --profile, as a user types them', async () => {
  await using at = await home()
  const server = `http://127.0.0.1:${await freePort()}`
  const env = { ...at.env, AUTHWALK_CLIENT_SECRET: 'canary-4711' }
  const first = await run([server, '--client-id', 'c', '--save-profile', 'work'], { env })
  expect(first).toMatchObject({ exit: 6, stdout: expect.stringContaining('authwalk --profile work') })
  const list = await run(['profiles'], { env: at.env })
  expect(list).toMatchObject({ exit: 0, stdout: expect.stringMatching(new RegExp(`work +${server} +c`)) })
  const shown = await run(['profiles', 'work'], { env: at.env })
  expect(JSON.parse(shown.stdout)).toMatchObject({ issuer: server, secret: { env: 'AUTHWALK_CLIENT_SECRET' } })
  expect((await run(['--profile', 'work'], { env })).exit).toBe(6)
  expect((await run(['--profile', 'work'], { env: at.env })).exit).toBe(2)
  expect(JSON.stringify([first, list, shown]) + await readFile(profilePath('work', at.env), 'utf8')).not.toContain('canary-4711')
})
