import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { JsonObject, Parameter } from '../../src/events.ts'
import type { Arrival, Outside, Request, Response } from '../../src/outside.ts'
import type { Settings } from '../../src/settings.ts'

export const ISSUER = 'https://as.example'

export const settings: Settings = {
  server: { issuer: ISSUER, endpoints: {} },
  client: { id: 'client', secret: 'the secret of the client' },
  redirectUri: 'http://127.0.0.1:8765/callback',
  scope: 'openid profile',
  pkce: 'S256',
  parameters: [],
  tokenParameters: [],
  resource: 'https://api.example/notes',
  clockSkew: 300,
}

interface Reply {
  status?: number
  headers?: Record<string, string>
  body?: JsonObject | string
}

interface Session {
  authorization: URLSearchParams
  token: URLSearchParams
}

export interface Fake {
  /** Overrides what a URL answers; gets what the honest server would have said. */
  replies?: Record<string, (honest: Reply, request: Request) => Reply>
  claims?: JsonObject
  header?: JsonObject
  /** Changes the parameters of the authorization response. */
  response?: (honest: Record<string, string>) => Record<string, string>
  /** Reached the redirection endpoint before the genuine response. */
  strangers?: Arrival[]
}

export interface World extends Outside {
  requests: Request[]
  visited: string[]
  closed: boolean
  /** The browser was told that every check has passed. */
  concluded: boolean
}

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 })

export function publicJwk(pair: { publicKey: KeyObject }, kid: string): JsonObject {
  return { ...JSON.parse(JSON.stringify(pair.publicKey.export({ format: 'jwk' }))), kid, use: 'sig', alg: 'RS256' }
}

/** An honest authorization server and resource without sockets, with places where it can be made to lie. */
export function fakeWorld(fake: Fake = {}): World {
  const session: Session = { authorization: new URLSearchParams(), token: new URLSearchParams() }
  const world: World = {
    requests: [],
    visited: [],
    closed: false,
    concluded: false,
    async send(request) {
      world.requests.push(request)
      session.token = new URLSearchParams(request.parameters.map(({ name, value }) => [name, value] as [string, string]))
      const honest = answer(request, session, fake)
      return toResponse(fake.replies?.[request.url]?.(honest, request) ?? honest)
    },
    approach() {},
    async openBrowser(url) {
      world.visited.push(url)
      session.authorization = new URL(url).searchParams
    },
    async listen(_, state) {
      const arrivals = [...(fake.strangers ?? [])]
      return {
        next: async () => arrivals.shift() ?? genuine(state, fake),
        conclude: () => void (world.concluded = true),
        [Symbol.asyncDispose]: async () => void (world.closed = true),
      }
    },
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    now: () => Date.now(),
  }
  return world
}

function genuine(state: string, fake: Fake): Arrival {
  const honest = { code: 'the-code-of-this-login', state, iss: ISSUER }
  const parameters: Parameter[] = Object.entries(fake.response?.(honest) ?? honest).map(([name, value]) => ({ name, value }))
  return { method: 'GET', path: '/callback', parameters, accepted: true, at: 7, by: 'listener' }
}

function answer({ url, headers }: Request, session: Session, fake: Fake): Reply {
  const authorized = headers.some(({ name, value }) => name === 'authorization' && value === 'Bearer the-access-token')
  switch (url) {
    case `${ISSUER}/.well-known/openid-configuration`:
      return { body: metadata }
    case `${ISSUER}/jwks`:
      return { body: { keys: [publicJwk(key, 'k1')] } }
    case `${ISSUER}/token`:
      return tokens(session, fake)
    case `${ISSUER}/userinfo`:
      return authorized ? { body: { sub: 'alice' } } : { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' }
    case settings.resource:
      return authorized ? { body: { notes: [] } } : { status: 401, headers: { 'www-authenticate': 'Bearer realm="notes"' }, body: '' }
    default:
      return { status: 404, body: 'not here' }
  }
}

const metadata: JsonObject = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/jwks`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  authorization_response_iss_parameter_supported: true,
}

function tokens({ authorization, token }: Session, fake: Fake): Reply {
  const challenge = createHash('sha256').update(token.get('code_verifier') ?? '').digest('base64url')
  if (challenge !== authorization.get('code_challenge')) return { status: 400, body: { error: 'invalid_grant', error_description: 'PKCE verification failed' } }
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: ISSUER, sub: 'alice', aud: 'client', iat: now, exp: now + 3600, nonce: authorization.get('nonce'), ...fake.claims }
  const input = [{ alg: 'RS256', kid: 'k1', ...fake.header }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signer = fake.header?.['kid'] === 'k2' ? otherKey : key
  return {
    headers: { 'cache-control': 'no-store' },
    body: { access_token: 'the-access-token', token_type: 'Bearer', expires_in: 3600, id_token: `${input}.${sign('sha256', Buffer.from(input), signer.privateKey).toString('base64url')}` },
  }
}

function toResponse({ status = 200, headers = {}, body = '' }: Reply): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const all = { ...(typeof body === 'string' ? {} : { 'content-type': 'application/json' }), ...headers }
  return { status, reason: '', headers: Object.entries(all).map(([name, value]) => ({ name, value })), body: Buffer.from(text), milliseconds: 1 }
}
