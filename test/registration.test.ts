import { describe, expect, test } from 'vitest'
import { registrationChecks } from '../src/checks/registration.ts'
import type { Json, JsonObject, WalkEvent } from '../src/events.ts'
import { createRedactor } from '../src/redact.ts'
import { registration, type Wish } from '../src/registration.ts'
import { walk } from '../src/walk.ts'
import { fakeWorld, ISSUER } from './support/fake-server.ts'

const redirectUri = 'http://127.0.0.1:8765/callback'
const endpoint = `${ISSUER}/register`
const wish: Wish = { server: { issuer: ISSUER, endpoints: {} }, redirectUri, scope: 'openid', clientName: 'authwalk', offline: false }
const honest: JsonObject = {
  client_id: 'made-by-the-server',
  client_secret: 'canary-secret-4711',
  client_secret_expires_at: 0,
  registration_access_token: 'canary-token-4711',
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'client_secret_basic',
}

interface Server {
  status?: number
  headers?: Record<string, string>
  body?: JsonObject | string
  /** Members of the metadata. */
  metadata?: Record<string, Json>
}

async function registered({ status = 201, headers = {}, body = honest, metadata = { registration_endpoint: endpoint } }: Server = {}, more: Partial<Wish> = {}) {
  const world = fakeWorld({
    replies: {
      [`${ISSUER}/.well-known/openid-configuration`]: (usual) => ({ body: { ...(usual.body as object), ...metadata } }),
      [endpoint]: () => ({ status, headers, body }),
    },
  })
  const events: WalkEvent[] = []
  const reader = { reveal: 'nothing', show: (event: WalkEvent) => void events.push(event) } as const
  const ended = await walk(registration({ ...wish, ...more }, world), [reader], createRedactor([]), new AbortController())
  const objections = events.flatMap((event) => (event.type === 'check' && (event.status === 'fail' || event.status === 'warn') && event.id.startsWith('registration') ? [event.id] : []))
  return { ...ended, objections, events, world, request: world.requests.find(({ url }) => url === endpoint) }
}

describe('what is asked for', () => {
  test('a client for one redirect URI and the Authorization Code grant, as JSON', async () => {
    const { result, outcome, objections, request } = await registered()
    expect({ outcome, objections }).toEqual({ outcome: { status: 'completed', exit: 0 }, objections: [] })
    expect(result).toEqual({ id: 'made-by-the-server', secret: 'canary-secret-4711', authMethod: 'client_secret_basic' })
    expect(request?.headers).toContainEqual({ name: 'content-type', value: 'application/json' })
    expect(request?.parameters.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'client_name=authwalk', `redirect_uris=${redirectUri}`, 'response_types=code', 'grant_types=authorization_code', 'token_endpoint_auth_method=client_secret_basic', 'scope=openid',
    ])
  })

  test('with an initial access token, and refresh tokens, where they are wanted', async () => {
    const { request } = await registered({}, { initialAccessToken: 'let-me-in', offline: true, authMethod: 'client_secret_post' })
    expect(request?.headers).toContainEqual({ name: 'authorization', value: 'Bearer let-me-in' })
    expect(request?.parameters.filter(({ name }) => name === 'grant_types')).toHaveLength(2)
    expect(request?.parameters).toContainEqual({ name: 'token_endpoint_auth_method', value: 'client_secret_post' })
  })

  test('nothing of a server that can not prove its metadata, or has no such endpoint', async () => {
    const other = await registered({ metadata: { registration_endpoint: endpoint, issuer: 'https://evil.example' } }, { initialAccessToken: 'let-me-in' })
    expect(other).toMatchObject({ outcome: { exit: 4, error: { check: 'metadata-issuer' } }, request: undefined })
    expect((await registered({ metadata: {} })).outcome).toMatchObject({ exit: 4, error: { check: 'registration-endpoint' } })
  })

  test('never over plain http', async () => {
    const { outcome, request } = await registered({ metadata: { registration_endpoint: 'http://as.example/register' } })
    expect({ exit: outcome.exit, request }).toEqual({ exit: 4, request: undefined })
  })
})

describe('X-14: what comes back is judged', () => {
  const proofs: [string, number, Server][] = [
    ['registration-status', 0, { status: 200 }],
    ['registration-client-id', 5, { body: { ...honest, client_id: 7 } }],
    ['registration-redirect-uris', 4, { body: { ...honest, redirect_uris: ['https://evil.example/'] } }],
    ['registration-redirect-uris-extra', 0, { body: { ...honest, redirect_uris: [redirectUri, 'https://evil.example/'] } }],
    ['registration-auth-method', 0, { body: { ...honest, token_endpoint_auth_method: 'client_secret_post' } }],
    ['registration-auth-method-known', 4, { body: { ...honest, token_endpoint_auth_method: 'tls_client_auth' } }],
    ['registration-secret', 4, { body: { ...honest, client_secret: '' } }],
    ['registration-secret-expires', 4, { body: { ...honest, client_secret_expires_at: 1_000_000_000 } }],
    ['registration-grant', 4, { body: { ...honest, grant_types: ['implicit'] } }],
  ]

  test.each(proofs)('%s objects: exit %i', async (id, exit, server) => {
    const { outcome, objections } = await registered(server)
    expect(objections).toContain(id)
    expect(outcome.exit).toBe(exit)
  })

  test('each check is proven able to fail', () => {
    expect(registrationChecks.map(({ id }) => id)).toEqual(proofs.map(([id]) => id))
  })

  test('the method that the server named is the one that is kept, and a moment of expiry too', async () => {
    const soon = Math.floor(Date.now() / 1000) + 3600
    const { result } = await registered({ body: { ...honest, token_endpoint_auth_method: 'client_secret_post', client_secret_expires_at: soon } })
    expect(result).toMatchObject({ authMethod: 'client_secret_post', expiresAt: soon })
  })

  test('a public client has no secret, whatever came', async () => {
    expect((await registered({ body: { ...honest, token_endpoint_auth_method: 'none' } }, { authMethod: 'none' })).result).toEqual({ id: 'made-by-the-server', authMethod: 'none' })
  })

  test.each<[string, number, Server, string]>([
    ['a redirect URI that is refused', 3, { status: 400, body: { error: 'invalid_redirect_uri', error_description: 'no loopback' } }, 'invalid_redirect_uri: no loopback'],
    ['a word of its own', 3, { status: 400, body: { error: 'not_today' } }, 'not_today'],
    ['no right to register', 3, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: '' }, '401 from the registration endpoint: invalid_token'],
    ['a server that fails', 5, { status: 503, body: 'down' }, 'registration-status: 503'],
    ['a page', 5, { status: 200, body: '<html>' }, 'registration-json'],
    ['a redirect', 5, { status: 307, headers: { location: 'https://evil.example/' }, body: '' }, 'registration-redirect'],
    ['an error without a word', 5, { status: 400, body: { message: 'no' } }, 'registration-status: 400'],
  ])('%s: exit %i', async (_, exit, server, happened) => {
    const { outcome } = await registered(server)
    expect(outcome.exit).toBe(exit)
    expect(outcome.error?.happened).toContain(happened)
  })
})

test('nobody is shown the secret, the token that manages the client, or the initial access token', async () => {
  const { events } = await registered({}, { initialAccessToken: 'canary-initial-4711' })
  expect(JSON.stringify(events)).not.toContain('4711')
})
