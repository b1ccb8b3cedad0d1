import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { type Credentials, takeCredentials } from '../../src/cli/credentials.ts'
import type { Flags } from '../../src/cli/options.ts'
import { runProgram } from '../../src/cli/program.ts'
import { type Ask, type Plan, planOf, settingsOf } from '../../src/cli/settings.ts'
import { tempFolder } from '../support/temp.ts'

async function plan(argv: string[], credentials: Credentials = {}, ask?: Ask): Promise<Plan> {
  let given: { issuer: string | undefined; flags: Flags } | undefined
  await runProgram(argv, { walk: async (issuer, flags) => void (given = { issuer, flags }), practice: async () => {}, more: () => {} })
  if (!given) throw new Error('another command')
  return await planOf({ ...given, credentials }, ask)
}

async function happened(argv: string[], credentials: Credentials = {}): Promise<string> {
  const error: unknown = await plan(argv, credentials).catch((thrown: unknown) => thrown)
  if (error instanceof UsageError) return [error.explanation.happened, ...error.explanation.tries].join('\n')
  throw new Error('not refused', { cause: error })
}

const issuer = 'https://as.example.com'
const client = { id: 'c', secret: 's3cret-4711' }

describe('without anybody to ask', () => {
  test.each([
    [[], ['--practice']],
    [[issuer], ['--client-id', 'AUTHWALK_CLIENT_ID']],
    [[issuer, '--client-id', 'a'], ['--client-secret-file', 'AUTHWALK_CLIENT_SECRET', '--auth-method none']],
    [['--token-endpoint', `${issuer}/token`], ['--authorization-endpoint']],
    [['--authorization-endpoint', `${issuer}/authorize`], ['--token-endpoint']],
    [['--jwks-uri', `${issuer}/keys`], ['--authorization-endpoint']],
  ])('%s lacks something, and says what', async (argv, names) => {
    const said = await happened(argv)
    for (const name of names) expect(said).toContain(name)
  })
})

describe('what excludes what', () => {
  test.each([
    [['--practice', '--metadata', 'm.json'], '--metadata'],
    [['--practice', '--token-endpoint', `${issuer}/token`], '--token-endpoint'],
    [['--practice', '--json', '--print', 'id_token'], '--print'],
    [['--practice', '--hide-tokens', '--show-secrets'], '--show-secrets'],
    [[`${issuer}/.well-known/openid-configuration`, '--metadata', 'm.json'], '--metadata'],
    [[issuer, '--browser', 'builtin'], '--browser builtin'],
  ])('%s', async (argv, named) => {
    expect(await happened(argv, client)).toContain(named)
  })
})

describe('the issuer', () => {
  test('stays as it was typed', async () => {
    const { server } = await plan(['HTTPS://AS.example.com:443/'], client)
    expect(server).toEqual({ issuer: 'HTTPS://AS.example.com:443/', endpoints: {} })
  })

  test('a metadata URL is told by its path', async () => {
    const url = `${issuer}/tenant/.well-known/openid-configuration?v=2`
    expect((await plan([url], client)).server).toEqual({ metadataUrl: url, endpoints: {} })
  })

  test.each([
    'http://as.example.com',
    `${issuer}?a=b`,
    `${issuer}/?`,
    `${issuer}/#`,
    'https://as.example.com@evil.example.com/',
    'as.example.com',
    'file:///etc/passwd',
  ])('%s is none', async (typed) => {
    expect(await happened([typed], client)).toContain('issuer')
  })

  test('a name in front of the host is told from the host', async () => {
    const error: unknown = await plan(['https://op.example.com:pw-4711@evil.example.com/'], client).catch((thrown: unknown) => thrown)
    const said = error instanceof UsageError ? JSON.stringify(error.explanation) : ''
    expect(said).toContain('this one is evil.example.com')
    expect(said).not.toContain('pw-4711')
  })

  test.each(['http://localhost:4455', 'http://127.0.0.1:4455', 'http://[::1]:4455'])('%s may do without TLS', async (typed) => {
    expect((await plan([typed], client)).server?.issuer).toBe(typed)
  })
})

describe('the client', () => {
  test('a flag comes before the environment, and the environment before a question', async () => {
    const asked: string[] = []
    const ask: Ask = {
      where: async () => (asked.push('where'), { issuer, endpoints: {} }),
      issuer: async () => (asked.push('issuer'), issuer),
      variable: async (_, { name, example }) => (asked.push(name), example),
      clientId: async () => (asked.push('client_id'), 'asked'),
      clientSecret: async () => (asked.push('client_secret'), 'asked-secret'),
    }
    expect((await plan([issuer, '--client-id', 'flag'], client, ask)).client).toEqual({ id: 'flag', secret: client.secret })
    expect(asked).toEqual([])
    expect((await plan([], {}, ask)).client).toEqual({ id: 'asked', secret: 'asked-secret' })
    expect(asked).toEqual(['where', 'client_id', 'client_secret'])
  })

  test('a secret from a file loses its line end and nothing else', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'secret')
    await writeFile(path, ' a:b% \n', { mode: 0o600 })
    expect((await plan([issuer, '--client-secret-file', path], client)).client.secret).toBe(' a:b% ')
  })

  test('a public client takes no secret along', async () => {
    expect((await plan([issuer, '--auth-method', 'none'], client)).client).toEqual({ id: 'c', authMethod: 'none' })
  })

  test('an empty secret is refused, and not taken for none', async () => {
    expect(await happened([issuer], { id: 'c', secret: '' })).toContain('AUTHWALK_CLIENT_SECRET is empty')
  })

  test.each([['c', 'c', 1], ['c', 'changeme', 1], ['c', 'well-chosen', 0]])('client_id %s and client_secret %s: %i warnings', async (id, secret, count) => {
    const { warnings } = await plan([issuer], { id, secret })
    expect(warnings.filter((warning) => warning.startsWith('client_secret'))).toHaveLength(count)
  })

  test('the environment is read once', () => {
    const env = { AUTHWALK_CLIENT_ID: 'i', AUTHWALK_CLIENT_SECRET: 's', PATH: '/bin' }
    expect(takeCredentials(env)).toEqual({ id: 'i', secret: 's' })
    expect(env).toEqual({ PATH: '/bin' })
    expect(takeCredentials(env)).toEqual({})
  })
})

describe('what is asked for', () => {
  test('OpenID Connect where there is metadata, nothing in particular where there is none', async () => {
    const pair = ['--authorization-endpoint', `${issuer}/authorize`, '--token-endpoint', `${issuer}/token`]
    expect((await plan([issuer], client)).scope).toBe('openid profile')
    expect((await plan(pair, client)).scope).toBe('')
    expect((await plan([...pair, '--scope', 'repo'], client)).scope).toBe('repo')
    expect((await plan([issuer, ...pair], client)).server).toEqual({ issuer, endpoints: { authorization: `${issuer}/authorize`, token: `${issuer}/token` } })
  })

  test('named parameters have their names on the wire', async () => {
    const { parameters } = await plan([issuer, '--prompt', 'login', '--max-age', '0', '--param', 'audience=api'], client)
    expect(parameters).toEqual([{ name: 'prompt', value: 'login' }, { name: 'max_age', value: '0' }, { name: 'audience', value: 'api' }])
  })
})

describe('the practice provider', () => {
  const practice = {
    issuer: 'http://127.0.0.1:4455',
    resource: 'http://127.0.0.1:4455/notes',
    client: { id: 'walkthrough', secret: 'made-now' },
    users: [],
    [Symbol.asyncDispose]: async () => {},
  }

  test('fills in everything, and never gets the credentials of the environment', async () => {
    const settings = settingsOf(await plan(['--practice'], client), practice)
    expect(settings.server).toEqual({ issuer: practice.issuer, endpoints: {} })
    expect(settings.client).toEqual(practice.client)
    expect(settings.resource).toBe(practice.resource)
    expect(JSON.stringify(settings)).not.toContain(client.secret)
  })

  test('gives way to a flag', async () => {
    const settings = settingsOf(await plan(['--client-id', 'other', '--practice', '--resource', 'http://127.0.0.1:1/']), practice)
    expect(settings.client).toEqual({ id: 'other', secret: 'made-now' })
    expect(settings.resource).toBe('http://127.0.0.1:1/')
  })
})
