import { afterAll, describe, expect, test } from 'vitest'
import { authorizationCodeFlow } from '../../src/flow.ts'
import { createOutside } from '../../src/io/outside.ts'
import { playBrowser } from '../../src/practice/browser.ts'
import { startPractice } from '../../src/practice/provider.ts'
import { createRedactor } from '../../src/redact.ts'
import type { Outcome } from '../../src/events.ts'
import type { Settings } from '../../src/settings.ts'
import { walk } from '../../src/walk.ts'
import { settingsFor } from '../doctor/examine.ts'
import { freeRedirectUri } from '../support/port.ts'

/** What a person got wrong, and the first cause that the failed walk names. */
const seeds: { name: string; change: (settings: Settings) => Settings; error: string; says: RegExp; evidence?: RegExp }[] = [
  { name: 'a wrong secret', change: settings => ({ ...settings, client: { ...settings.client, secret: 'another-secret-of-some-length' } }), error: 'invalid_client', says: /secret is wrong/ },
  { name: 'a wrong secret that form-encoding changes', change: settings => ({ ...settings, client: { ...settings.client, secret: 'a+b/c%d and more of it' } }), error: 'invalid_client', says: /does not decode/, evidence: /form-encoding changes the secret/ },
  { name: 'quotation marks around the secret', change: settings => ({ ...settings, client: { ...settings.client, secret: `"${settings.client.secret}"` } }), error: 'invalid_client', says: /copied along/, evidence: /quotation mark/ },
  { name: 'another redirect_uri in step 5', change: settings => ({ ...settings, tokenParameters: [{ name: 'redirect_uri', value: 'http://127.0.0.1/other' }] }), error: 'invalid_grant', says: /redirect_uri is not the one/, evidence: /by hand/ },
  { name: 'another code_verifier', change: settings => ({ ...settings, tokenParameters: [{ name: 'code_verifier', value: 'v'.repeat(43) }] }), error: 'invalid_grant', says: /code_verifier does not belong/, evidence: /by hand/ },
  { name: 'another code', change: settings => ({ ...settings, tokenParameters: [{ name: 'code', value: 'made-up' }] }), error: 'invalid_grant', says: /the code is not the one/, evidence: /by hand/ },
  { name: 'another grant', change: settings => ({ ...settings, tokenParameters: [{ name: 'grant_type', value: 'password' }] }), error: 'unsupported_grant_type', says: /grant_type is not/, evidence: /by hand/ },
  { name: 'no PKCE where it is required', change: settings => ({ ...settings, pkce: 'none' }), error: 'invalid_request', says: /wants PKCE/, evidence: /no code_challenge/ },
  { name: 'nobody may be asked', change: settings => ({ ...settings, parameters: [{ name: 'prompt', value: 'none' }] }), error: 'login_required', says: /prompt=none/, evidence: /it was sent/ },
]

let right = 0

describe('walks that fail at the practice provider', () => {
  test.each(seeds.map(seed => [seed.name, seed] as const))('%s', async (_, { change, error: code, says, evidence }) => {
    const { exit, error } = await outcomeOf(change)
    expect({ exit, happened: error?.happened }).toEqual({ exit: 3, happened: expect.stringContaining(code) })
    const [first] = error?.causes ?? []
    expect(first?.says).toMatch(says)
    if (evidence) expect(first?.evidence).toMatch(evidence)
    else expect(first?.evidence).toBeUndefined()
    right += 1
  })
})

afterAll(() => {
  if (process.env['AUTHWALK_DIAGNOSE'] === 'all') process.stdout.write(`\n${seeds.length} failed walks, ${right} with the true cause first\n`)
})

async function outcomeOf(change: (settings: Settings) => Settings): Promise<Outcome> {
  const redirectUri = await freeRedirectUri()
  await using practice = await startPractice({ redirectUri, observe: () => {} })
  const settings = change(settingsFor(practice.issuer, practice.client, redirectUri))
  const controller = new AbortController()
  const { signal } = controller
  const [user = { name: '', password: '' }] = practice.users
  await using outside = createOutside({ signal, timeout: 5, wait: 5, browser: url => playBrowser({ url, user, observe: () => {}, signal }) })
  return (await walk(authorizationCodeFlow(settings, outside), [], createRedactor([]), controller)).outcome
}
