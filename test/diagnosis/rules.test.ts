import { describe, expect, test } from 'vitest'
import { diagnose, findRule } from '../../src/diagnosis/diagnose.ts'
import { rules } from '../../src/diagnosis/index.ts'
import type { Place, Rule } from '../../src/diagnosis/rule.ts'
import { presets } from '../../src/providers/index.ts'
import { settings } from '../support/fake-server.ts'
import { messages } from './messages.ts'

const keyOf = ({ provider, at, id }: Rule) => `${provider ?? 'specification'} ${at} ${id}`

describe('rules', () => {
  test.each(rules.map(rule => [keyOf(rule), rule] as const))('%s is found by what it stands for', (key, rule) => {
    const said = rule.says ? messages[key] : { error: rule.id }
    expect(said, 'a rule needs a fixture').toBeDefined()
    const found = findRule({ at: rule.at, ...said }, rule.only ? rule.provider : undefined)
    expect(found && keyOf(found)).toBe(key)
  })

  test('no fixture without a rule, and no rule twice', () => {
    const keys = rules.map(keyOf)
    expect(Object.keys(messages).filter(key => !keys.includes(key))).toEqual([])
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  test('every provider that a rule names has a preset', () => {
    const known = presets.map(({ id }) => id)
    expect(rules.flatMap(({ provider }) => provider ?? []).filter(id => !known.includes(id))).toEqual([])
  })

  test.each(rules.map(rule => [keyOf(rule), rule] as const))('%s says what to do', (_, rule) => {
    expect(rule.means).toMatch(/[.]$/)
    expect(rule.causes.length).toBeGreaterThan(0)
    expect(rule.fix).not.toBe('')
  })
})

describe('which rule wins', () => {
  const wins = (at: Place, error: string, text: string, provider?: string) => {
    const rule = findRule({ at, error, text }, provider)
    return rule && keyOf(rule)
  }

  test.each([
    ['the provider’s message over its code', 'token', 'unauthorized_client', 'Invalid client or Invalid client credentials', undefined, 'keycloak token client-credentials'],
    ['the provider’s meaning of a code over that of the specification', 'token', 'invalid_client', '', 'apple', 'apple token invalid_client'],
    ['the specification, where the provider is another', 'token', 'invalid_client', '', 'google', 'specification token invalid_client'],
    ['a description over the code', 'authorization', 'invalid_request', 'code_challenge required', undefined, 'specification authorization pkce'],
    ['the endpoint that answered', 'resource', 'invalid_request', '', undefined, 'specification resource invalid_request'],
    ['another endpoint, where this one has none', 'token', 'access_denied', '', undefined, 'specification authorization access_denied'],
    ['one provider’s word is not another’s', 'authorization', 'redirect_uri_mismatch', 'redirect_uri must match configuration', undefined, 'salesforce authorization redirect'],
  ] as const)('%s', (_, at, error, text, provider, wanted) => {
    expect(wins(at, error, text, provider)).toBe(wanted)
  })

  test('a message that nobody knows', () => {
    expect(wins('token', 'E4711', 'nothing that was ever seen')).toBeUndefined()
    expect(diagnose({ at: 'token', error: 'constructor' }).causes).toEqual([])
  })
})

describe('evidence', () => {
  const server = { authorization_endpoint: '', token_endpoint: '', authorization_response_iss_parameter_supported: false }
  const first = (...[answer, facts]: Parameters<typeof diagnose>) => diagnose(answer, facts).causes[0]
  const invalidClient = { at: 'token', error: 'invalid_client' } as const

  test('what speaks for a cause puts it first, with a fix of its own', () => {
    const facts = { settings, metadata: { ...server, token_endpoint_auth_methods_supported: ['client_secret_post'] }, authMethod: 'client_secret_basic' }
    expect(first(invalidClient, facts)).toEqual({
      says: 'the server wants another way of client authentication',
      evidence: 'its metadata lists client_secret_post, and client_secret_basic was used',
    })
    expect(diagnose(invalidClient, facts).tries[0]).toBe('authwalk … --auth-method client_secret_post')
  })

  test('a secret that form-encoding changes', () => {
    const special = { ...settings, client: { id: 'client', secret: 'a+b/c%d' } }
    expect(first(invalidClient, { settings: special, authMethod: 'client_secret_basic' })?.evidence).toBe('form-encoding changes the secret')
    expect(first(invalidClient, { settings: special, authMethod: 'client_secret_post' })?.says).toMatch(/^the secret is wrong/)
    const plain = { ...settings, client: { id: 'client', secret: 'abc-._*123' } }
    expect(first(invalidClient, { settings: plain, authMethod: 'client_secret_basic' })?.says).toMatch(/^the secret is wrong/)
  })

  test('a cause that nothing speaks for is not named', () => {
    const says = diagnose(invalidClient, { settings: { ...settings, client: { id: 'client', secret: 'abc' } }, authMethod: 'client_secret_basic' }).causes.map(cause => cause.says)
    expect(says).toEqual(['the secret is wrong, was cut off, or has expired', 'the client belongs to another tenant or environment'])
  })

  test('the console of the provider that the issuer belongs to', () => {
    const tries = diagnose({ at: 'authorization', error: 'x', text: 'AADSTS50011: The redirect URI does not match' }).tries
    expect(tries.at(-1)).toMatch(/^Microsoft Entra.*: .*field “/)
    const okta = { ...settings, server: { issuer: 'https://dev-1.okta.com/oauth2/default', endpoints: {} } }
    expect(diagnose({ at: 'authorization', error: 'invalid_request', text: 'redirect_uri is not registered' }, { settings: okta }).tries.at(-1)).toMatch(/^Okta/)
  })
})
