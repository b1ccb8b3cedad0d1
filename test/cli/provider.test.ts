import { describe, expect, test } from 'vitest'
import { type Plan, planOf } from '../../src/cli/settings.ts'
import { runProgram } from '../../src/cli/program.ts'
import type { Flags } from '../../src/cli/options.ts'
import { UsageError } from '../../src/errors.ts'
import { presets } from '../../src/providers/index.ts'

const credentials = { id: 'c', secret: 's3cret-4711' }

async function plan(...argv: string[]): Promise<Plan> {
  let given: { issuer: string | undefined; flags: Flags } | undefined
  await runProgram(argv, { walk: async (issuer, flags) => void (given = { issuer, flags }), practice: async () => {}, more: () => {} })
  if (!given) throw new Error('another command')
  return await planOf({ ...given, credentials })
}

async function refusal(...argv: string[]): Promise<string> {
  const error: unknown = await plan(...argv).catch((thrown: unknown) => thrown)
  if (error instanceof UsageError) return JSON.stringify(error.explanation)
  throw new Error('not refused', { cause: error })
}

const guid = '11111111-2222-3333-4444-555555555555'

describe('what a preset knows is not asked for', () => {
  test('of a provider with metadata: its issuer, scope, method', async () => {
    expect(await plan('--provider', 'google')).toMatchObject({
      server: { issuer: 'https://accounts.google.com', endpoints: {} },
      client: { ...credentials, authMethod: 'client_secret_post' },
      redirectUri: 'http://127.0.0.1:8765/callback',
      scope: 'openid email profile',
      pkce: 'S256',
      parameters: [],
      dialect: ['bare-issuer', 'scope-urls'],
    })
  })

  test('of one without: its endpoints and its resource', async () => {
    const { server, resource, scope } = await plan('--provider', 'GitHub')
    expect(server).toEqual({ endpoints: { authorization: 'https://github.com/login/oauth/authorize', token: 'https://github.com/login/oauth/access_token' } })
    expect({ resource, scope }).toEqual({ resource: 'https://api.github.com/user', scope: 'read:user user:email' })
  })

  test('what was typed comes first', async () => {
    const typed = await plan('--provider', 'atlassian', '--scope', 'read:jira', '--prompt', 'login', '--auth-method', 'client_secret_basic', '--pkce', 'none', '--resource', 'https://api.example.com/')
    expect(typed).toMatchObject({ scope: 'read:jira', pkce: 'none', resource: 'https://api.example.com/', client: { authMethod: 'client_secret_basic' } })
    expect(typed.parameters).toEqual([{ name: 'audience', value: 'api.atlassian.com' }, { name: 'prompt', value: 'login' }])
  })

  test('a public client is not pressed into a method with a secret', async () => {
    expect((await plan('--provider', 'okta', '--domain', 'dev-1.okta.com', '--auth-method', 'none')).client).toEqual({ id: 'c', authMethod: 'none' })
  })

  test('a server that was named is spoken to in the dialect of the preset', async () => {
    const { server, dialect } = await plan('http://127.0.0.1:4455', '--provider', 'twitch')
    expect(server).toEqual({ issuer: 'http://127.0.0.1:4455', endpoints: {} })
    expect(dialect).toEqual(['scope-array', 'error-status-message'])
  })

  test('the metadata of all tenants belongs to the tenant that was named', async () => {
    const common = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration'
    expect((await plan(common, '--provider', 'entra', '--tenant', guid)).server).toEqual({ metadataUrl: common, issuer: `https://login.microsoftonline.com/${guid}/v2.0`, endpoints: {} })
    expect((await plan(common, '--provider', 'entra')).server).toEqual({ metadataUrl: common, endpoints: {} })
  })
})

describe('what it can not know', () => {
  test.each([
    [['entra', '--tenant', guid], `https://login.microsoftonline.com/${guid}/v2.0`],
    [['auth0', '--domain', 'example.eu.auth0.com'], 'https://example.eu.auth0.com/'],
    [['okta', '--domain', 'dev-1.okta.com'], 'https://dev-1.okta.com/oauth2/default'],
    [['okta', '--domain', 'dev-1.okta.com', '--tenant', 'aus1'], 'https://dev-1.okta.com/oauth2/aus1'],
    [['cognito', '--tenant', 'eu-west-1_AbCdEf'], 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf'],
    [['keycloak', '--domain', 'http://127.0.0.1:8080/auth/', '--tenant', 'Main'], 'http://127.0.0.1:8080/auth/realms/Main'],
    [['gitlab'], 'https://gitlab.com'],
    [['authentik', '--domain', 'sso.example.com', '--app', 'wiki'], 'https://sso.example.com/application/o/wiki/'],
    [['loginradius', '--tenant', 'site', '--app', 'wiki'], 'https://cloud-api.loginradius.com/sso/oidc/v2/site/wiki'],
  ])('%s leads to %s', async (argv, issuer) => {
    expect((await plan('--provider', ...argv)).server).toEqual({ issuer, endpoints: {} })
  })

  test('FusionAuth is found by its metadata, the issuer being free text', async () => {
    expect((await plan('--provider', 'fusionauth', '--domain', 'sso.example.com', '--tenant', guid)).server).toEqual({ metadataUrl: `https://sso.example.com/${guid}/.well-known/openid-configuration`, endpoints: {} })
  })

  test.each([
    [['entra'], '--tenant'],
    [['auth0'], '--domain'],
    [['loginradius', '--tenant', 'site'], '--app'],
    [['dex'], 'https://login.example.com --provider dex'],
    [['nobody'], 'authwalk providers'],
  ])('%s lacks something, and says what', async (argv, named) => {
    expect(await refusal('--provider', ...argv)).toContain(named)
  })

  test.each([
    ['entra', '--tenant', 'common'],
    ['entra', '--tenant', 'contoso.onmicrosoft.com'],
    ['cognito', '--tenant', '../../evil'],
    ['supabase', '--tenant', 'evil.example.com/'],
    ['supabase', '--tenant', 'a@evil.example.com'],
    ['onelogin', '--tenant', '..'],
    ['keycloak', '--domain', 'sso.example.com', '--tenant', 'a/../b'],
    ['auth0', '--domain', 'user:pw@evil.example.com'],
    ['auth0', '--domain', 'http://example.eu.auth0.com'],
    ['auth0', '--domain', 'example.com?a=b'],
    ['auth0', '--domain', 'example.com#a'],
  ])('%s does not take %s %s %s %s', async (...argv) => {
    expect(await refusal('--provider', ...argv)).toMatch(/"happened":"--(tenant|domain)/)
  })

  test('a flag that the provider has no place for is no mistake to swallow', async () => {
    expect(await refusal('--provider', 'google', '--tenant', 'x')).toContain('--tenant')
  })

  test('nor is one without any provider', async () => {
    expect(await refusal('https://as.example.com', '--tenant', 'x')).toContain('--provider <id> --tenant')
  })

  test('the practice provider is no known provider', async () => {
    expect(await refusal('--practice', '--provider', 'google')).toContain('--provider')
  })
})

describe('the redirect URI', () => {
  test.each([
    ['spotify', 'http://127.0.0.1:8765/callback', 'register http://127.0.0.1/callback as'],
    ['twitch', 'http://localhost:8765/callback', 'register http://localhost:8765/callback as'],
    ['facebook', 'http://localhost:8765/callback', 'register http://localhost:8765/callback as'],
  ])('%s gets the form that it takes', async (id, redirectUri, told) => {
    const { redirectUri: chosen, warnings } = await plan('--provider', id)
    expect(chosen).toBe(redirectUri)
    expect(warnings[0]).toContain(told)
    expect(warnings[0]).toContain(presets.find((preset) => preset.id === id)?.console.field)
  })

  test.each([
    ['spotify', 'http://localhost:8765/callback'],
    ['entra', 'http://[::1]:8765/callback'],
    ['slack', 'http://127.0.0.1:8765/callback'],
    ['apple', 'http://localhost:8765/callback'],
  ])('%s is documented to refuse %s: nothing is asked or opened', async (id, uri) => {
    expect(await refusal('--provider', id, '--redirect-uri', uri)).toContain('No browser was opened')
  })

  test.each(['apple', 'slack'])('%s takes nothing on this machine over http, so none is chosen', async (id) => {
    expect(await refusal('--provider', id)).toContain('does not take')
  })

  test('one that is only said to be refused is walked with', async () => {
    const { redirectUri, warnings } = await plan('--provider', 'x', '--redirect-uri', 'http://localhost:9000/cb')
    expect(redirectUri).toBe('http://localhost:9000/cb')
    expect(warnings[0]).toContain('register http://localhost:9000/cb as')
  })
})

describe('what to register is said once', () => {
  const silent = { where: async () => ({ provider: 'spotify' }), issuer: async () => '', variable: async () => '', clientId: async () => 'c', clientSecret: async () => 's' }
  const given = (flags: Partial<Flags> = {}) => ({ issuer: undefined, flags: { pause: true, timeout: 1, wait: 1, clockSkew: 0, ...flags }, credentials })

  test('before the next question, where somebody is asked', async () => {
    const told: string[] = []
    const { warnings } = await planOf(given(), { ...silent, tell: (note) => void told.push(note) })
    expect(told[0]).toContain('At Spotify register http://127.0.0.1/callback as Redirect URIs')
    expect(warnings).toEqual([])
  })

  test('before the walk, where nobody is', async () => {
    expect((await planOf(given({ provider: 'spotify' }))).warnings[0]).toContain('At Spotify register')
    expect((await plan('https://as.example.com')).warnings).toEqual(['This redirect URI has to be registered at the server, letter by letter: http://127.0.0.1:8765/callback'])
  })
})

describe('--offline', () => {
  test.each([
    [['--provider', 'google'], 'openid email profile', ['access_type=offline', 'prompt=consent']],
    [['--provider', 'x'], 'users.read tweet.read offline.access', []],
    [['--provider', 'spotify'], 'user-read-email user-read-private', []],
    [['--provider', 'dropbox'], 'account_info.read', ['token_access_type=offline']],
    [['https://as.example.com'], 'openid profile offline_access', ['prompt=consent']],
  ])('%s', async (argv, scope, parameters) => {
    const offline = await plan(...argv, '--offline')
    expect(offline.scope).toBe(scope)
    expect(offline.parameters.map(({ name, value }) => `${name}=${value}`)).toEqual(parameters)
  })
})
