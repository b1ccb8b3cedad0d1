import { describe, expect, test } from 'vitest'
import { checks } from '../../src/checks/index.ts'
import { exitOf } from '../../src/doctor/examination.ts'
import { probes } from '../../src/doctor/index.ts'
import type { Request } from '../../src/outside.ts'
import { startPractice } from '../../src/practice/provider.ts'
import type { Settings } from '../../src/settings.ts'
import { freeRedirectUri } from '../support/port.ts'
import { type Examined, examine, settingsFor } from './examine.ts'

async function examinePractice(change: (settings: Settings) => Settings = settings => settings, options: Parameters<typeof examine>[1] = {}): Promise<Examined & { secret: string }> {
  const redirectUri = await freeRedirectUri()
  await using practice = await startPractice({ redirectUri, observe: () => {} })
  const { issuer, client } = practice
  return { ...(await examine(change(settingsFor(issuer, client, redirectUri)), options)), secret: client.secret }
}

const tokenRequests = ({ requests }: Examined) => requests.filter(({ parameters }) => parameters.some(({ name }) => name === 'grant_type'))
const sent = ({ url, headers, parameters }: Request) => JSON.stringify([url, headers, parameters])
const basic = ({ headers }: Request) => Buffer.from(headers.find(({ name }) => name === 'authorization')?.value.slice('Basic '.length) ?? '', 'base64').toString()

describe('a healthy provider', () => {
  test('has nothing that fails, and every family is there', async () => {
    const { results } = await examinePractice()
    expect(results.filter(({ status }) => status === 'fail')).toEqual([])
    expect(results.filter(({ status, sure }) => status !== 'undecided' && sure === undefined)).toEqual([])
    expect(exitOf(results)).toBe(0)
    expect(new Set(results.map(({ family }) => family))).toEqual(new Set(probes.map(({ family }) => family)))
    expect(results.find(({ id }) => id === 'client-secret')).toMatchObject({ status: 'pass', sure: 'probable' })
  })

  test('with the control, what is said of the secret is certain', async () => {
    const { of } = await examinePractice(settings => settings, { wrongSecret: true })
    expect(of('client-secret')).toMatchObject({ status: 'pass', sure: 'certain' })
  })
})

describe('what doctor never does', () => {
  test('sends no code but made-up ones, and nobody is logged in', async () => {
    const examined = await examinePractice()
    const codes = tokenRequests(examined).map(({ parameters }) => parameters.find(({ name }) => name === 'code')?.value)
    expect(codes.length).toBeGreaterThan(0)
    expect(codes.filter(code => !code?.startsWith('made-up-'))).toEqual([])
    const authorize = examined.requests.filter(({ url }) => url.includes('client_id='))
    expect(authorize.length).toBeGreaterThan(0)
    expect(authorize.filter(({ url }) => new URL(url).searchParams.get('prompt') !== 'none')).toEqual([])
  })

  test('tries the secret once, and no other of this client', async () => {
    const examined = await examinePractice()
    const { secret } = examined
    expect(examined.requests.filter(request => sent(request).includes(secret) || basic(request).includes(secret)).length).toBe(1)
    expect(tokenRequests(examined).map(basic).filter(pair => pair.startsWith('walkthrough:') && !pair.endsWith(secret))).toEqual([])
  })

  test('a wrong one is tried once for each method, whose forms differ', async () => {
    const examined = await examinePractice(settings => ({ ...settings, client: { id: settings.client.id, secret: 'a+b/c%wrong secret' } }))
    const forms = tokenRequests(examined).filter(request => sent(request).includes('walkthrough') || basic(request).startsWith('walkthrough:'))
      .map(request => basic(request) || request.parameters.find(({ name }) => name === 'client_secret')?.value)
    expect(forms).toEqual(['walkthrough:a%2Bb%2Fc%25wrong+secret', 'a+b/c%wrong secret', 'walkthrough:a+b/c%wrong secret'])
  })

  test('the control goes out once, before the secret, and only where it was agreed on', async () => {
    const pairs = (examined: Examined) => tokenRequests(examined).map(basic).filter(pair => pair.startsWith('walkthrough:'))
    const agreed = await examinePractice(settings => settings, { wrongSecret: true })
    expect(pairs(agreed)).toEqual([expect.stringMatching(/^walkthrough:[\w-]{43}$/), `walkthrough:${agreed.secret}`])
    expect(pairs(agreed)[0]).not.toContain(agreed.secret)
    const silent = await examinePractice()
    expect(pairs(silent)).toEqual([`walkthrough:${silent.secret}`])
  })

  test('offline sends nothing', async () => {
    const { requests, results } = await examinePractice(settings => ({
      ...settings,
      server: { metadataDocument: { text: JSON.stringify({ issuer: 'https://as.example' }), from: 'metadata.json' }, endpoints: {} },
    }), { offline: true })
    expect(requests).toEqual([])
    expect(results.filter(({ status }) => status === 'fail').map(({ id }) => id)).toContain('metadata-token-endpoint')
    expect(results.map(({ family }) => family)).toContain('Settings')
  })
})

describe('the registry', () => {
  test('ids are unique, and a check keeps its name', () => {
    const ids = probes.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const known = new Set(checks.map(({ id }) => id))
    expect(ids.filter(id => id.startsWith('metadata-') && known.has(id)).length).toBeGreaterThan(10)
  })

  test('whatever has a side effect says so', () => {
    expect(probes.filter(({ sideEffect }) => sideEffect !== undefined).map(({ id }) => id)).toEqual(['client-secret'])
  })
})
