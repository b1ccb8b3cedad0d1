import { describe, expect, test } from 'vitest'
import { lintProbes } from '../../src/doctor/lint.ts'
import { contextOf } from '../../src/doctor/context.ts'
import { createSenses } from '../../src/io/senses.ts'
import type { Settings } from '../../src/settings.ts'
import { settings as healthy } from '../support/fake-server.ts'

const document = {
  scopes_supported: ['openid', 'profile', 'offline_access'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  acr_values_supported: ['gold'],
}

/** What breaks each rule, and nothing else. */
const broken: Record<string, Partial<Settings>> = {
  'settings-scope-syntax': { scope: 'openid  profile' },
  'settings-scope-openid': { scope: 'profile' },
  'settings-scope-known': { scope: 'openid profiel' },
  'settings-offline-access': { scope: 'openid offline_access' },
  'settings-redirect-literal': { redirectUri: 'http://localhost:8765/callback' },
  'settings-redirect-wildcard': { redirectUri: 'http://127.0.0.1:8765/*' },
  'settings-pkce': { pkce: 'none' },
  'settings-pkce-plain': { pkce: 'plain' },
  'settings-response-type': { parameters: [{ name: 'response_type', value: 'token' }] },
  'settings-response-mode': { parameters: [{ name: 'response_mode', value: 'fragment' }] },
  'settings-parameter-twice': { parameters: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }] },
  'settings-made-here': { parameters: [{ name: 'nonce', value: '1' }] },
  'settings-token-parameters': { tokenParameters: [{ name: 'code', value: '1' }] },
  'settings-prompt': { parameters: [{ name: 'prompt', value: 'none login' }] },
  'settings-prompt-known': { parameters: [{ name: 'prompt', value: 'ask' }] },
  'settings-max-age': { parameters: [{ name: 'max_age', value: 'soon' }] },
  'settings-resource': { parameters: [{ name: 'resource', value: 'api' }] },
  'settings-acr': { parameters: [{ name: 'acr_values', value: 'silver' }] },
  'settings-id-token-alg': { idTokenAlg: 'ES256' },
  'settings-post': { client: { id: 'client', secret: 'a secret that is long enough', authMethod: 'client_secret_post' } },
  'settings-secret': { client: { id: 'client', secret: 'short' } },
  'settings-clock-skew': { clockSkew: 600 },
}

const nothingIsSent = { send: forbidden, approach: () => {}, openBrowser: forbidden, listen: forbidden, random: () => 'r', now: () => 0 }

async function forbidden(): Promise<never> {
  throw new Error('a lint has no network')
}

async function findings(change: Partial<Settings>): Promise<string[]> {
  const settings = { ...healthy, ...change, server: { metadataDocument: { text: JSON.stringify(document), from: 'metadata.json' }, endpoints: {} } }
  const senses = createSenses({ signal: new AbortController().signal, timeout: 1, env: {} })
  const context = contextOf({ settings, outside: nothingIsSent, senses, offline: true, wrongSecret: false })
  const verdicts = await Promise.all(lintProbes.map(async probe => ({ id: probe.id, verdict: await probe.run(context) })))
  return verdicts.filter(({ verdict }) => verdict?.status !== 'pass').map(({ id }) => id)
}

describe('settings', () => {
  test('that are right break no rule', async () => {
    expect(await findings({})).toEqual([])
  })

  test.each(Object.entries(broken))('%s', async (id, change) => {
    expect(await findings(change)).toEqual([id])
  })

  test('each rule has what breaks it', () => {
    expect(lintProbes.map(({ id }) => id).filter(id => !(id in broken))).toEqual([])
  })
})
