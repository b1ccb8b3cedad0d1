import { describe, expect, test } from 'vitest'
import type { WalkEvent } from '../../src/events.ts'
import { authorizationCodeFlow } from '../../src/flow.ts'
import { createOutside } from '../../src/io/outside.ts'
import { playBrowser } from '../../src/practice/browser.ts'
import { findLie, lies } from '../../src/practice/lies.ts'
import { startPractice } from '../../src/practice/provider.ts'
import { createRedactor } from '../../src/redact.ts'
import { walk } from '../../src/walk.ts'
import { freePort } from '../support/port.ts'
import { walkthrough } from './walkthrough.ts'

/** Walks on the practice provider over real sockets, with the built-in browser. */
async function walked(lie?: string, asks: Readonly<Record<string, string>> = {}, wait = 30) {
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
  const controller = new AbortController()
  await using practice = await startPractice({ redirectUri, observe: () => {}, ...(lie === undefined ? {} : { lie }) })
  const [user] = practice.users
  if (!user) throw new Error('nobody to log in')
  await using outside = createOutside({
    signal: controller.signal,
    timeout: 10,
    wait,
    browser: async (url) => void playBrowser({ url, user, observe: () => {}, signal: controller.signal }).catch(() => {}),
  })
  const events: WalkEvent[] = []
  const { scope = 'openid profile', ...rest } = asks
  const flow = authorizationCodeFlow({
    server: { issuer: practice.issuer, endpoints: {} },
    client: practice.client,
    redirectUri,
    scope,
    pkce: 'S256',
    parameters: Object.entries(rest).map(([name, value]) => ({ name, value })),
    tokenParameters: [],
    resource: practice.resource,
    clockSkew: 300,
  }, outside)
  const { outcome } = await walk(flow, [{ reveal: 'nothing', show: (event) => void events.push(event) }], createRedactor([]), controller)
  const objections = events.flatMap((event) => (event.type === 'check' && (event.status === 'fail' || event.status === 'warn') ? [event] : []))
  const ignored = events.flatMap((event) => (event.type === 'redirect' && !event.accepted ? [event.reason] : []))
  return { outcome, objections, ignored }
}

test('an honest provider gives no check a reason to object', async () => {
  const { outcome, objections } = await walked()
  expect(objections).toEqual([])
  expect(outcome).toEqual({ status: 'completed', exit: 0 })
})

/** What else can't be right when this is wrong. */
const also: Readonly<Record<string, readonly string[]>> = {
  'metadata-issuer-type': ['metadata-issuer'],
  'metadata-url-https': ['metadata-url-origin'],
  'id-token-crit': ['id-token-sig'],
  'id-token-alg': ['id-token-sig'],
  'jwks-shape': ['jwks-usable', 'jwks-kid', 'id-token-sig'],
  'jwks-kid': ['id-token-sig'],
  'jwks-rsa-size': ['jwks-usable', 'id-token-sig'],
  'jwks-rsa-e': ['jwks-usable', 'id-token-sig'],
  'id-token-iat': ['id-token-clock'],
  'id-token-exp': ['id-token-clock'],
}

describe.concurrent('each lie is noticed by the check that it is named after, and nothing else is wrong', () => {
  const told = lies.filter(({ id }) => id !== 'authorization-response-state')
  test.each(told.map((lie) => [lie.id, lie.asks] as const))('%s', async (id, asks) => {
    const { outcome, objections } = await walked(id, asks)
    const objection = objections.find((check) => check.id === id)
    expect(objection, `only ${objections.map((check) => check.id).join()} objected: ${outcome.error?.happened}`).toBeDefined()
    expect([4, 5].includes(outcome.exit)).toBe(objection?.status === 'fail')
    expect([id, ...(also[id] ?? [])]).toEqual(expect.arrayContaining(objections.map((check) => check.id)))
  }, 60_000)
})

test('a response with another state is turned away by the listener, and the wait goes on', async () => {
  const { outcome, ignored } = await walked('authorization-response-state', {}, 2)
  expect(ignored).toHaveLength(1)
  expect(outcome.exit).toBe(7)
}, 30_000)

describe('the table of lies', () => {
  test('a slip of the pen gets the lie that was meant, and all of them', () => {
    expect(() => findLie('id-token-add')).toThrow(expect.objectContaining({
      exit: 2,
      explanation: expect.objectContaining({ tries: ['--practice=id-token-aud', expect.stringContaining(lies.map(({ id }) => id).join(', '))] }),
    }))
  })

  test('each is told once, in one plain line', () => {
    const ids = lies.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { says } of lies) expect(says).toMatch(/^[^\n]{10,100}\.$/)
  })

  test('a lie is said to be one', async () => {
    await using walk = await walkthrough('id-token-aud')
    await walk.browse(walk.url())
    await walk.redeem()
    expect(walk.saw(6).at(-1)?.saw).toBe('Lied, as told: The ID Token was made for another client.')
  })

  test('an unknown one is a usage error that names the known ones', async () => {
    await expect(walkthrough('no-such-lie')).rejects.toMatchObject({ exit: 2, explanation: { tries: [expect.stringContaining('id-token-aud')] } })
  })
})
