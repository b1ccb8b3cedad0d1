import { createServer } from 'node:net'
import { once } from 'node:events'
import type { Settings } from '../../src/settings.ts'
import type { Circumstances } from '../../src/doctor/context.ts'
import { pem } from '../io/servers.ts'
import { freePort, freeRedirectUri } from '../support/port.ts'
import { mockServer, type MockOptions, oidcProvider, practice, type Proof, type Rig, SECRET } from './rig.ts'

/** One thing that is wrong, and what the diagnosis has to begin with. */
export interface Seed {
  name: string
  on: 'oidc-provider' | 'practice provider' | 'oauth2-mock-server'
  start: () => Promise<Rig>
  /** What the person got wrong. */
  change?: (settings: Settings, rig: Rig) => Settings | Promise<Settings>
  options?: Partial<Pick<Circumstances, 'wrongSecret' | 'registered'>> & { ca?: string }
  /** The probe that fails first. */
  cause: string
  says: RegExp
}

const uri = (change: (redirectUri: string) => string) => (settings: Settings): Settings => ({ ...settings, redirectUri: change(settings.redirectUri) })
const client = (change: (one: Settings['client']) => Settings['client']) => (settings: Settings): Settings => ({ ...settings, client: change(settings.client) })
const secret = (change: (one: string) => string) => client(({ secret: old = '', ...rest }) => ({ ...rest, secret: change(old) }))
const issuer = (change: (one: string) => string) => (settings: Settings): Settings => ({ ...settings, server: { issuer: change(settings.server.issuer ?? ''), endpoints: {} } })
const asks = (more: Partial<Settings>) => (settings: Settings): Settings => ({ ...settings, ...more })
const param = (name: string, value: string) => asks({ parameters: [{ name, value }] })

/** What the person has typed, next to what the console shows. */
const redirectUri = await freeRedirectUri()

const registration: Omit<Seed, 'on'>[] = [
  { name: 'localhost in place of 127.0.0.1', start: oidcProvider, change: uri(one => one.replace('127.0.0.1', 'localhost')), cause: 'redirect-uri', says: /another spelling.*this machine/ },
  { name: '[::1] in place of 127.0.0.1', start: oidcProvider, change: uri(one => one.replace('127.0.0.1', '[::1]')), cause: 'redirect-uri', says: /another spelling.*this machine/ },
  { name: 'the issuer by another name of this machine', start: oidcProvider, change: issuer(one => one.replace('127.0.0.1', 'localhost')), cause: 'metadata-issuer', says: /another issuer is here: the host differs/ },
  { name: 'a slash too many in redirect_uri', start: oidcProvider, change: uri(one => `${one}/`), cause: 'redirect-uri', says: /slash/ },
  { name: 'another path in redirect_uri', start: oidcProvider, change: uri(one => one.replace('callback', 'cb')), cause: 'redirect-uri', says: /not registered/ },
  { name: 'upper case in redirect_uri', start: oidcProvider, change: uri(one => one.replace('callback', 'Callback')), cause: 'redirect-uri', says: /not registered/ },
  { name: 'a query in redirect_uri', start: oidcProvider, change: uri(one => `${one}?a=b`), cause: 'redirect-uri', says: /not registered/ },
  { name: 'an encoded letter in redirect_uri', start: oidcProvider, change: uri(one => one.replace('callback', 'c%61llback')), cause: 'redirect-uri', says: /not registered/ },
  { name: 'another port in redirect_uri', start: oidcProvider, change: async settings => ({ ...settings, redirectUri: `http://127.0.0.1:${await freePort()}/callback` }), cause: 'redirect-uri', says: /not registered/ },
  { name: 'the console shows another slash', start: oidcProvider, options: { registered: `${redirectUri}/` }, change: asks({ redirectUri }), cause: 'redirect-registered', says: /slash/ },
  { name: 'the console shows https', start: oidcProvider, options: { registered: redirectUri.replace('http', 'https') }, change: asks({ redirectUri }), cause: 'redirect-registered', says: /https/ },
  { name: 'a client_id that nobody knows', start: oidcProvider, change: client(one => ({ ...one, id: 'clientt' })), cause: 'redirect-client', says: /clientt is not known/ },
  { name: 'client_id in upper case', start: oidcProvider, change: client(one => ({ ...one, id: 'Client' })), cause: 'redirect-client', says: /Client is not known/ },
  { name: 'client_id with a space behind it', start: oidcProvider, change: client(one => ({ ...one, id: 'client ' })), cause: 'redirect-client', says: /not known/ },
  { name: 'a wrong secret', start: oidcProvider, change: secret(() => 'another-secret-that-nobody-registered'), cause: 'client-secret', says: /secret is wrong/ },
  { name: 'a wrong secret, with the control', start: oidcProvider, options: { wrongSecret: true }, change: secret(() => 'another-secret-that-nobody-registered'), cause: 'client-secret', says: /secret is wrong/ },
  { name: 'a secret that was cut off', start: oidcProvider, change: secret(one => one.slice(0, -1)), cause: 'client-secret', says: /secret is wrong/ },
  { name: 'a line end behind the secret', start: oidcProvider, change: secret(one => `${one}\n`), cause: 'client-secret', says: /space or a quotation mark/ },
  { name: 'quotation marks around the secret', start: oidcProvider, change: secret(one => `"${one}"`), cause: 'client-secret', says: /space or a quotation mark/ },
  { name: 'no secret for a confidential client', start: oidcProvider, change: client(({ id }) => ({ id, authMethod: 'none' })), cause: 'client-secret', says: /wants a secret/ },
  { name: 'the body where Basic is wanted', start: () => oidcProvider({ config: { clientAuthMethods: ['client_secret_basic'] } }), change: client(one => ({ ...one, authMethod: 'client_secret_post' })), cause: 'client-secret', says: /client_secret_basic works/ },
  { name: 'PKCE switched off where it is required', start: oidcProvider, change: asks({ pkce: 'none' }), cause: 'request-pkce', says: /requires PKCE/ },
  { name: 'PKCE plain where S256 is required', start: oidcProvider, change: asks({ pkce: 'plain' }), cause: 'request-pkce', says: /plain is refused/ },
  { name: 'a scope that the client may not have', start: () => oidcProvider({ client: { scope: 'openid' } }), cause: 'request-scope', says: /profile is refused/ },
  { name: 'one scope of three is not allowed', start: () => oidcProvider({ client: { scope: 'openid profile' } }), change: asks({ scope: 'openid profile email' }), cause: 'request-scope', says: /^email is refused/ },
  { name: 'commas between scopes', start: oidcProvider, change: asks({ scope: 'openid,profile' }), cause: 'settings-scope-syntax', says: /openid,profile/ },
  { name: 'two spaces between scopes', start: oidcProvider, change: asks({ scope: 'openid  profile' }), cause: 'settings-scope-syntax', says: /openid {2}profile/ },
  { name: 'the code flow is not allowed', start: () => oidcProvider({ client: { grant_types: ['client_credentials'], response_types: [], redirect_uris: ['http://127.0.0.1:8765/callback'] }, config: { features: { clientCredentials: { enabled: true } } } }), change: asks({ redirectUri: 'http://127.0.0.1:8765/callback' }), cause: 'request-accepted', says: /response_type is not allowed/ },
  { name: 'pushed requests alone', start: () => oidcProvider({ config: { features: { pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true } } } }), cause: 'request-par', says: /pushed requests alone/ },
  { name: 'a token is asked for', start: oidcProvider, change: param('response_type', 'token'), cause: 'settings-response-type', says: /response_type=token/ },
  { name: 'the answer in a fragment', start: oidcProvider, change: param('response_mode', 'fragment'), cause: 'settings-response-mode', says: /fragment/ },
  { name: 'a parameter twice', start: oidcProvider, change: asks({ parameters: [{ name: 'ui_locales', value: 'de' }, { name: 'ui_locales', value: 'en' }] }), cause: 'settings-parameter-twice', says: /ui_locales/ },
  { name: 'state by hand', start: oidcProvider, change: param('state', '123'), cause: 'settings-made-here', says: /state/ },
  { name: 'prompt=none and more', start: oidcProvider, change: param('prompt', 'none login'), cause: 'settings-prompt', says: /none login/ },
  { name: 'max_age is no number', start: oidcProvider, change: param('max_age', '1h'), cause: 'settings-max-age', says: /1h/ },
  { name: 'resource with a fragment', start: oidcProvider, change: param('resource', 'https://api.example/#a'), cause: 'settings-resource', says: /#a/ },
  { name: 'another signature is expected', start: oidcProvider, change: asks({ idTokenAlg: 'ES256' }), cause: 'keys-fit', says: /no key for ES256/ },
  { name: 'a slash behind the issuer', start: oidcProvider, change: issuer(one => `${one}/`), cause: 'metadata-issuer', says: /slash/ },
  { name: 'localhost in the issuer', start: oidcProvider, change: issuer(one => one.replace('127.0.0.1', 'localhost')), cause: 'metadata-issuer', says: /host/ },
  { name: 'a realm that does not exist', start: oidcProvider, change: issuer(one => `${one}/realms/typo`), cause: 'metadata-document', says: /there is no metadata/ },
  { name: 'https where http is spoken', start: oidcProvider, change: issuer(one => one.replace('http:', 'https:')), cause: 'network-tls', says: /no handshake/ },
  { name: 'a port on which nobody listens', start: oidcProvider, change: async settings => ({ ...settings, server: { issuer: `http://127.0.0.1:${await freePort()}`, endpoints: {} } }), cause: 'network-tcp', says: /ECONNREFUSED/ },
  { name: 'a host that does not exist', start: oidcProvider, change: issuer(() => 'https://as.invalid'), cause: 'network-dns', says: /as\.invalid could not be found/ },
  { name: 'the port of redirect_uri is taken', start: portTaken, cause: 'machine-port', says: /is taken/ },
  { name: 'the token endpoint has moved', start: oidcProvider, change: (settings, rig) => ({ ...settings, server: { issuer: rig.issuer, endpoints: { token: `${rig.issuer}/old/token` } } }), cause: 'endpoint-token', says: /404/ },
  { name: 'the authorization endpoint has moved', start: oidcProvider, change: (settings, rig) => ({ ...settings, server: { issuer: rig.issuer, endpoints: { authorization: `${rig.issuer}/old/auth` } } }), cause: 'endpoint-authorization', says: /404/ },
  { name: 'jwks_uri has moved', start: oidcProvider, change: (settings, rig) => ({ ...settings, server: { issuer: rig.issuer, endpoints: { jwks: `${rig.issuer}/old/jwks` } } }), cause: 'keys-fetched', says: /404/ },
]

const lies: Omit<Seed, 'on'>[] = [
  ['metadata-issuer', /slash/], ['metadata-issuer-type', /a string/], ['metadata-authorization-endpoint', /absolute URL/], ['metadata-token-endpoint', /absolute URL/],
  ['metadata-jwks-uri', /absolute URL/], ['metadata-url-scheme', /javascript/], ['metadata-url-https', /authorization-server\.example/], ['metadata-url-fragment', /#here/],
].map(([lie, says]) => ({ name: `the server lies: ${String(lie)}`, start: () => practice(String(lie)), cause: String(lie), says: says instanceof RegExp ? says : /./ }))

type Judge = (proof: Proof) => boolean
const tokens = (believes: Judge, refusal: object = { error: 'invalid_client' }): Pick<MockOptions, 'token'> => ({
  token: proof => (believes(proof) ? { status: 400, body: { error: 'invalid_grant', error_description: 'unknown code' } } : { status: 401, body: refusal }),
})
const loginRequired = (url: URL) => {
  url.searchParams.delete('code')
  url.searchParams.set('error', 'login_required')
}
const errorInstead = (error: string, description: string) => (url: URL) => {
  url.searchParams.delete('code')
  url.searchParams.set('error', error)
  url.searchParams.set('error_description', description)
}
const honest = tokens(({ basic, post }) => (basic ?? post)?.secret === SECRET && (basic ?? post)?.id === 'client')
const special = 'a+b/c=d%e:f and some more characters'
const specialClient = client(one => ({ ...one, secret: special }))
const mock = (options: MockOptions) => () => mockServer({ redirect: loginRequired, ...honest, ...options })

const independent: Omit<Seed, 'on'>[] = [
  { name: 'Basic is not decoded', start: mock(tokens(({ basic }) => basic?.secret === special)), change: client(one => ({ ...one, secret: special, authMethod: 'client_secret_basic' })), cause: 'client-secret', says: /does not decode/ },
  { name: 'the secret belongs into the body', start: mock(tokens(({ post }) => post?.secret === SECRET)), cause: 'client-secret', says: /client_secret_post works/ },
  { name: 'the secret belongs into the header', start: mock(tokens(({ basic }) => basic?.secret === SECRET)), change: client(one => ({ ...one, authMethod: 'client_secret_post' })), cause: 'client-secret', says: /client_secret_basic works/ },
  { name: 'a wrong secret with special characters', start: mock(tokens(() => false)), change: specialClient, cause: 'client-secret', says: /secret is wrong/ },
  { name: 'a wrong secret, in words of Entra', start: mock(tokens(() => false, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' })), cause: 'client-secret', says: /not one of this application/ },
  { name: 'an expired secret, in words of Entra', start: mock(tokens(() => false, { error: 'invalid_client', error_description: 'AADSTS7000222: The provided client secret keys are expired.' })), cause: 'client-secret', says: /has expired/ },
  { name: 'a wrong tenant, in words of Entra', start: mock(tokens(() => false, { error: 'unauthorized_client', error_description: 'AADSTS700016: Application was not found in the directory' })), cause: 'client-secret', says: /no application with this client_id/ },
  { name: 'a wrong secret, in words of Keycloak', start: mock(tokens(() => false, { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' })), cause: 'client-secret', says: /not believed/ },
  { name: 'the server wants a signed proof', start: mock({ ...tokens(() => false), metadata: document => ({ ...document, token_endpoint_auth_methods_supported: ['private_key_jwt'] }) }), cause: 'client-secret', says: /private_key_jwt, and no secret/ },
  { name: 'the grant is not allowed', start: mock({ token: () => ({ status: 400, body: { error: 'unauthorized_client' } }) }), cause: 'client-grant', says: /unauthorized_client/ },
  { name: 'a server that lets everybody in', start: mock({ token: () => ({ status: 200, body: { access_token: 'all-welcome', token_type: 'Bearer' } }) }), cause: 'client-secret', says: /made up/ },
  { name: 'the flow is refused in the answer', start: mock({ redirect: errorInstead('unauthorized_client', 'not for this client') }), cause: 'request-accepted', says: /unauthorized_client/ },
  { name: 'the API is unknown', start: mock({ redirect: errorInstead('access_denied', 'Service not found: https://api.example') }), cause: 'request-accepted', says: /access_denied/ },
  { name: 'a scope is refused', start: mock({ redirect: (url, asked) => (asked.get('scope')?.includes('profile') ? errorInstead('invalid_scope', 'no')(url) : loginRequired(url)) }), cause: 'request-scope', says: /profile is refused/ },
  { name: 'state is lost', start: mock({ redirect: url => (loginRequired(url), url.searchParams.delete('state')) }), cause: 'request-state', says: /not in the answer/ },
  { name: 'iss is promised and not sent', start: mock({ metadata: document => ({ ...document, authorization_response_iss_parameter_supported: true }) }), cause: 'request-iss', says: /promised/ },
  { name: 'iss of another server', start: mock({ redirect: url => (loginRequired(url), url.searchParams.set('iss', 'https://other.example')) }), cause: 'request-iss', says: /other\.example/ },
  { name: 'pushed requests alone, by the metadata', start: mock({ metadata: document => ({ ...document, pushed_authorization_request_endpoint: document['token_endpoint'], require_pushed_authorization_requests: true }) }), cause: 'request-par', says: /pushed/ },
  { name: 'no keys', start: mock({ jwks: { keys: [] } }), cause: 'jwks-shape', says: /list of keys/ },
  { name: 'keys for another algorithm', start: mock({ jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0', kid: 'e' }] } }), cause: 'keys-fit', says: /no key for RS256/ },
  { name: 'a login page of the network', start: mock({ instead: path => (path.startsWith('/.well-known/') ? { status: 302, body: '', location: 'http://portal.example/login' } : undefined) }), cause: 'network-portal', says: /portal\.example/ },
  { name: 'the metadata is no JSON', start: mock({ instead: path => (path.startsWith('/.well-known/') ? { status: 200, body: 'hello' } : undefined) }), cause: 'metadata-document', says: /no metadata: the body is not JSON/ },
  { name: 'the token endpoint fails', start: mock({ instead: path => (path === '/token' ? { status: 503, body: 'down' } : undefined) }), cause: 'endpoint-token', says: /503/ },
  { name: 'the page says that redirect_uri is wrong', start: mock({ instead: path => (path === '/authorize' ? { status: 400, type: 'text/html', body: '<h1>Invalid parameter: redirect_uri</h1>' } : undefined) }), cause: 'redirect-uri', says: /not registered/ },
  { name: 'the answer comes in a fragment', start: mock({ redirect: url => { loginRequired(url); url.hash = url.search.slice(1); url.search = '' } }), cause: 'request-response-mode', says: /fragment comes/ },
  { name: 'a self-signed certificate', start: mock({ tls: 'self-signed' }), cause: 'network-tls', says: /self-signed|not known|no end/ },
  { name: 'an expired certificate', start: mock({ tls: 'expired' }), options: { ca: pem('ca') }, cause: 'network-tls', says: /expired/ },
  { name: 'a certificate for another host', start: mock({ tls: 'other-host' }), options: { ca: pem('ca') }, cause: 'network-tls', says: /another host/ },
  { name: 'an authority that is not known', start: mock({ tls: 'localhost' }), cause: 'network-tls', says: /not known here|no end/ },
]

const otherName: Omit<Seed, 'on'> = { name: 'a name that the server does not go by', start: () => practice(), change: issuer(one => one.replace('127.0.0.1', 'localhost')), cause: 'metadata-document', says: /there is no metadata/ }

export const seeds: readonly Seed[] = [
  ...registration.map(seed => ({ ...seed, on: 'oidc-provider' as const })),
  ...[...lies, otherName].map(seed => ({ ...seed, on: 'practice provider' as const })),
  ...independent.map(seed => ({ ...seed, on: 'oauth2-mock-server' as const })),
]

async function portTaken(): Promise<Rig> {
  const rig = await oidcProvider()
  const squatter = createServer()
  await once(squatter.listen(Number(new URL(rig.settings.redirectUri).port), '127.0.0.1'), 'listening')
  return {
    ...rig,
    async [Symbol.asyncDispose]() {
      squatter.close()
      await rig[Symbol.asyncDispose]()
    },
  }
}
