import { describe, expect, test } from 'vitest'
import { isSecure, parseUrl } from '../../src/oauth/url.ts'
import { clientAuthenticationMethods } from '../../src/oauth/client-authentication.ts'
import { presets } from '../../src/providers/index.ts'
import { oddities } from '../../src/providers/oddities.ts'
import type { Preset } from '../../src/providers/preset.ts'

const KNOWN = [
  'apple', 'atlassian', 'auth0', 'authelia', 'authentik', 'bitbucket', 'box', 'clerk', 'cognito', 'dex', 'discord', 'dropbox',
  'entra', 'facebook', 'fusionauth', 'github', 'gitlab', 'google', 'hubspot', 'hydra', 'keycloak', 'line', 'linkedin',
  'loginradius', 'logto', 'notion', 'okta', 'onelogin', 'orcid', 'pingone', 'salesforce', 'slack', 'spotify', 'stripe',
  'supabase', 'twitch', 'workos', 'x', 'yahoo', 'zitadel', 'zoom',
]
const FACTS = ['authentication', 'console', 'oddities', 'pkce', 'redirect', 'refresh', 'server']
const PLACEHOLDERS = { port: '8765', region: 'eu-west-1' }

test('there is a preset for each known provider, under one id', () => {
  expect(presets.map(({ id }) => id).toSorted()).toEqual(KNOWN)
})

describe.each(presets.map((preset) => [preset.id, preset] as const))('%s', (_, preset) => {
  test('says how sure each group of facts is, and where they were read', () => {
    expect(Object.keys(preset.confidence).toSorted()).toEqual(FACTS)
    expect(Object.values(preset.confidence).filter((level) => !['documented', 'partly', 'assumed'].includes(level))).toEqual([])
    expect(preset.sources.length).toBeGreaterThan(0)
    expect(textsOf(preset).filter((text) => text.trim() !== text || text === '')).toEqual([])
  })

  test('says where the redirect URI goes, and which form of it is accepted', () => {
    const { redirect, console } = preset
    expect([console.path, console.field, redirect.says].map((text) => text.length > 3)).toEqual([true, true, true])
    const accepts: Readonly<Record<string, string>> = redirect.accepts
    const { protocol, hostname = '' } = parseUrl(filled(preset, redirect.register ?? '')) ?? {}
    const accepted = protocol === 'http:' ? accepts[hostname] !== 'no' : !Object.values(accepts).includes('yes')
    expect(accepted).toBe(true)
    expect(redirect.register?.includes('{port}') ?? true).toBe(redirect.port !== 'any' || (redirect.register ?? '').includes('{port}'))
  })

  test('leads to endpoints that a secret may be sent to', () => {
    const { issuer, metadata, endpoints } = preset.server
    const templates = [issuer, metadata, endpoints?.authorization, endpoints?.token, preset.resource, preset.console.url]
    const unsafe = templates.filter((template) => {
      const url = template === undefined ? undefined : parseUrl(filled(preset, template))
      return template !== undefined && !(url && isSecure(url))
    })
    expect(unsafe).toEqual([])
    expect([issuer, metadata, endpoints].filter((way) => way !== undefined).length).toBe(['dex', 'hydra'].includes(preset.id) ? 0 : 1)
  })

  test('asks for nothing that it does not use', () => {
    const templates = JSON.stringify(preset.server)
    const used = (name: string) => templates.includes(`{${name}}`) || (name === 'tenant' && templates.includes('{region}'))
    expect(preset.asks.filter(({ name }) => !used(name))).toEqual([])
    expect(preset.asks.filter(({ example, pattern }) => pattern && !pattern.test(example))).toEqual([])
  })

  test('authenticates in a way that this client knows', () => {
    expect(Object.keys(clientAuthenticationMethods)).toContain(preset.authentication.methods[0])
  })
})

test('an oddity that no preset speaks would be dead', () => {
  const spoken = new Set(presets.flatMap(({ dialect = [] }) => dialect))
  expect(Object.keys(oddities).filter((name) => !([...spoken] as string[]).includes(name))).toEqual([])
})

function filled({ asks }: Preset, template: string): string {
  const examples = asks.map(({ name, example }) => [name, name === 'domain' && !example.includes('://') ? `https://${example}` : example])
  const values: Record<string, string> = { ...PLACEHOLDERS, ...Object.fromEntries(examples) }
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** Every text of a preset, wherever it is. An empty scope is an answer: there are none. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return []
  return Object.entries(value).flatMap(([name, member]) => (name === 'scope' && member === '' ? [] : textsOf(member)))
}
