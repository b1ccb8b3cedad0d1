import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { OAuth2Server } from 'oauth2-mock-server'
import type { ClientMetadata, Configuration } from 'oidc-provider'
import { loadLibrary } from '../../src/practice/library.ts'
import { startPractice } from '../../src/practice/provider.ts'
import type { Settings } from '../../src/settings.ts'
import { settingsFor } from '../doctor/examine.ts'
import { pem } from '../io/servers.ts'
import { freePort } from '../support/port.ts'

/** A server, and the settings of a client that fits it. */
export interface Rig extends AsyncDisposable {
  issuer: string
  settings: Settings
}

export const SECRET = 'a-secret-of-32-characters-or-more'
const jwk = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }

/** oidc-provider as a careful team runs it, with a registration of the test's choice. */
export async function oidcProvider({ client = {}, config = {} }: { client?: Partial<ClientMetadata>; config?: Configuration } = {}): Promise<Rig> {
  const { Provider } = await loadLibrary()
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    cookies: { keys: ['key'] },
    clients: [{ client_id: 'client', client_secret: SECRET, redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'], ...client }],
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    claims: { profile: ['name'], email: ['email'] },
    pkce: { required: () => true },
    renderError: (ctx, out) => void (ctx.body = `<h1>${out.error}</h1><p>${out.error_description}</p>`),
    interactions: { url: () => '/login' },
    ...config,
    features: { devInteractions: { enabled: false }, ...config.features },
    ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
  })
  provider.silent = true
  const handle = provider.callback()
  const stop = await listen(createServer((request, response) => void handle(request, response)), port)
  return { issuer, settings: settingsFor(issuer, { id: 'client', secret: SECRET }, redirectUri), [Symbol.asyncDispose]: stop }
}

/** The practice provider, honest or not. */
export async function practice(lie?: string): Promise<Rig> {
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
  const started = await startPractice({ redirectUri, observe: () => {}, ...(lie === undefined ? {} : { lie }) })
  return { issuer: started.issuer, settings: settingsFor(started.issuer, started.client, redirectUri), [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() }
}

export interface MockOptions {
  /** Answers a token request, given how the client authenticated. */
  token?: (proof: Proof) => { status: number; body: object }
  /** Changes the redirect that ends an authorization request. */
  redirect?: (url: URL, asked: URLSearchParams) => void
  /** Changes the metadata. */
  metadata?: (document: Record<string, unknown>) => Record<string, unknown>
  jwks?: object
  /** Answers some paths itself. */
  instead?: (path: string) => { status: number; body: string; type?: string; location?: string } | undefined
  tls?: string
}

/** What came, undecoded. */
export interface Proof {
  basic?: { id: string; secret: string }
  post?: { id: string; secret: string }
}

/** oauth2-mock-server behind a few changes: it lets everybody in, so the registration is up to the test. */
export async function mockServer({ token, redirect, metadata, jwks, instead, tls }: MockOptions = {}): Promise<Rig> {
  const port = await freePort()
  const issuer = `${tls === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${port}`
  const mock = new OAuth2Server()
  mock.issuer.url = issuer
  await mock.issuer.keys.generate('RS256')
  if (redirect) mock.service.on('beforeAuthorizeRedirect', ({ url }: { url: URL }, { url: asked = '' }: IncomingMessage) => redirect(url, new URL(asked, issuer).searchParams))
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response, mock, { ...(token ? { token } : {}), ...(metadata ? { metadata } : {}), ...(jwks ? { jwks } : {}), ...(instead ? { instead } : {}) }, issuer)
  }
  const server = tls === undefined ? createServer(handle) : createTlsServer({ key: pem('key'), cert: pem(tls) }, handle)
  const stop = await listen(server, port)
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
  return { issuer, settings: settingsFor(issuer, { id: 'client', secret: SECRET }, redirectUri), [Symbol.asyncDispose]: stop }
}

async function answer(request: IncomingMessage, response: ServerResponse, mock: OAuth2Server, { token, metadata, jwks, instead }: MockOptions, issuer: string): Promise<void> {
  const { pathname } = new URL(request.url ?? '', issuer)
  const other = instead?.(pathname)
  if (other) return void response.writeHead(other.status, { 'content-type': other.type ?? 'text/plain', ...(other.location === undefined ? {} : { location: other.location }) }).end(other.body)
  if (token && pathname === '/token' && request.method === 'POST') {
    const { status, body } = token(proofOf(request, await text(request)))
    return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  if (jwks && pathname === '/jwks') return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(jwks))
  if (metadata && pathname === '/.well-known/openid-configuration') {
    const document = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/userinfo`, response_types_supported: ['code'], code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'], id_token_signing_alg_values_supported: ['RS256'] }
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadata(document)))
  }
  mock.service.requestHandler(request, response)
}

function proofOf({ headers }: IncomingMessage, body: string): Proof {
  const [id = '', ...secret] = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString().split(':')
  const form = new URLSearchParams(body)
  const posted = form.get('client_secret')
  return {
    ...(headers.authorization === undefined ? {} : { basic: { id, secret: secret.join(':') } }),
    ...(posted === null ? {} : { post: { id: form.get('client_id') ?? '', secret: posted } }),
  }
}

async function listen(server: Server, port: number): Promise<() => Promise<void>> {
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
}
