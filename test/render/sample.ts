import type { CheckEvent, Json, JsonObject, Parameter, WalkEvent } from '../../src/events.ts'

/** A whole walk on the practice provider, as the flow yields it: nothing is redacted. */

/** The moment at which the tokens arrive, milliseconds since the epoch. */
export const NOW = Date.UTC(2026, 2, 2, 14, 4, 14)
export const CLIENT_ID = 'walkthrough'
export const CLIENT_SECRET = 'Vd4sY0nTnB8h2kq5Zc7Lr1Xw9Gm3Pj6A'
export const ISSUER = 'http://127.0.0.1:4455'
export const REDIRECT_URI = 'http://127.0.0.1:8765/callback'
const NOTES = `${ISSUER}/notes`
const SCOPE = 'openid profile offline_access'

export const STATE = 'kQ3fWm81vT0xYbRz6nLhUe2sJp9dAcGo4iKtMfQ7BZw'
export const NONCE = '9xPaC5rV2mHj8sTq1WzNd7kLbYf3GuEo6iXvRtM0JLg'
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
export const CODE = 'SplxlOBeZQQYbYS6WxSbIA_c0deThatWorksOnceOnly'
export const ACCESS_TOKEN = 'opaqueAccess_2YotnFZFEjr1zCsicMWpAA0b3Kq8'
export const REFRESH_TOKEN = 'refresh_tGzv3JOkF0XG5Qx2TlKWIA9c7Lp4'

const seconds = NOW / 1000
export const ID_TOKEN_HEADER: JsonObject = { alg: 'RS256', typ: 'JWT', kid: 'k1' }
export const ID_TOKEN_CLAIMS: JsonObject = {
  sub: 'user-7f3a',
  nonce: NONCE,
  at_hash: 'Fh0kXy3bq8uR1mWz2sVtNw',
  aud: CLIENT_ID,
  exp: seconds + 3600,
  iat: seconds,
  auth_time: seconds - 9,
  acr: 'urn:authwalk:password',
  iss: ISSUER,
}
export const ID_TOKEN = [ID_TOKEN_HEADER, ID_TOKEN_CLAIMS].map(base64url).join('.') + `.${'c2lnbmF0dXJlLW9m'.repeat(21)}-9fQ`

const basic = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`
const json: Parameter = { name: 'content-type', value: 'application/json; charset=utf-8' }
const acceptJson: Parameter = { name: 'accept', value: 'application/json' }
const noStore: Parameter = { name: 'cache-control', value: 'no-store' }

const metadata: JsonObject = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  jwks_uri: `${ISSUER}/jwks`,
  scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'notes'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  code_challenge_methods_supported: ['S256'],
  id_token_signing_alg_values_supported: ['RS256'],
  authorization_response_iss_parameter_supported: true,
  revocation_endpoint: `${ISSUER}/revoke`,
  introspection_endpoint: `${ISSUER}/introspect`,
  end_session_endpoint: `${ISSUER}/logout`,
  claims_supported: ['sub', 'name'],
  subject_types_supported: ['public'],
}

const jwks: JsonObject = { keys: [{ kty: 'RSA', kid: 'k1', use: 'sig', alg: 'RS256', e: 'AQAB', n: 'xGOr-H0A-6_BOXMq83kU00T6'.repeat(14) }] }

export const authorizationRequest: Parameter[] = [
  { name: 'response_type', value: 'code' },
  { name: 'client_id', value: CLIENT_ID },
  { name: 'redirect_uri', value: REDIRECT_URI },
  { name: 'scope', value: SCOPE },
  { name: 'state', value: STATE },
  { name: 'nonce', value: NONCE },
  { name: 'code_challenge', value: CHALLENGE },
  { name: 'code_challenge_method', value: 'S256' },
]

export const sample: readonly WalkEvent[] = [
  {
    type: 'step',
    step: 0,
    title: 'Preparation',
    channel: 'back',
    from: 'client',
    to: 'authorization server',
    says: 'The client reads what the authorization server publishes about itself, and its public keys. Then it makes the values that will tie every later message to this one walk.',
    why: 'A login is a chain of messages between three parties.\n\nSo everything that will be compared is fixed first.',
    read: ['OpenID Connect Discovery 4', 'RFC 8414 3'],
  },
  { type: 'request', name: 'metadata request', to: 'authorization server', method: 'GET', url: `${ISSUER}/.well-known/openid-configuration`, headers: [acceptJson], parameters: [] },
  response('metadata response', 'authorization server', [json], metadata, 12),
  check('metadata-issuer', 'the issuer is the one that was asked, character by character', ISSUER, 'OpenID Connect Discovery 4.3'),
  check('metadata-url-https', 'every endpoint uses TLS, or is on this machine', 'so it is', 'RFC 6749 3.2'),
  check('metadata-auth-methods', 'the server takes the client authentication method in use', 'client_secret_basic', 'RFC 8414 2'),
  check('metadata-pkce', 'the server says that it supports the PKCE method in use', 'S256', 'RFC 9700 2.1.1'),
  { type: 'value', name: 'token_endpoint_auth_method', value: 'client_secret_basic', origin: 'made', purpose: 'client_id and client_secret, form-encoded, in an HTTP Basic header' },
  { type: 'request', name: 'JWK Set request', to: 'authorization server', method: 'GET', url: `${ISSUER}/jwks`, headers: [acceptJson], parameters: [] },
  response('JWK Set response', 'authorization server', [json], jwks, 4),
  { type: 'value', name: 'state', value: STATE, origin: 'made', purpose: 'ties the response to this browser' },
  { type: 'value', name: 'nonce', value: NONCE, origin: 'made', purpose: 'ties the ID Token to this login' },
  { type: 'value', name: 'code_verifier', value: VERIFIER, origin: 'made', purpose: 'stays here until step 5' },
  { type: 'value', name: 'code_challenge', value: CHALLENGE, origin: 'made', purpose: 'SHA-256 of the verifier, may be seen' },
  {
    type: 'step',
    step: 1,
    title: 'Authorization request',
    channel: 'front',
    from: 'client',
    to: 'authorization server',
    says: 'You want something that is yours and lies on a server. The client asks for it and is refused, for it has no token. So it sends you to the authorization server, with a request and no secret in it.',
    why: 'The client could ask you for your password and fetch everything itself.',
    read: ['RFC 6749 4.1.1', 'RFC 7636 4.3'],
  },
  { type: 'request', name: 'resource request', to: 'resource', method: 'GET', url: NOTES, headers: [], parameters: [] },
  response('resource response', 'resource', [{ name: 'www-authenticate', value: 'Bearer realm="notes"' }, noStore], '', 3, 401, 'Unauthorized'),
  check('resource-refuses', 'without a token the resource refuses', '401', 'RFC 6750 3'),
  check('resource-challenge', 'and says how to ask: WWW-Authenticate', 'Bearer realm="notes"', 'RFC 6750 3'),
  { type: 'navigate', endpoint: `${ISSUER}/authorize`, parameters: authorizationRequest },
  {
    type: 'step',
    step: 2,
    title: 'User authentication and consent',
    channel: 'front',
    from: 'browser',
    to: 'authorization server',
    says: 'You log in at the authorization server and agree to what the client may do. The client sees none of this, and that is the point.',
    why: 'Look at the address bar before you type a password.',
    read: ['RFC 6749 4.1'],
  },
  observed(2, 'The client is known and the redirect_uri is registered for it: the login page goes to the browser.', [{ name: 'client_id', value: CLIENT_ID }, { name: 'asked because', value: 'nobody is logged in in this browser' }]),
  { type: 'redirect', method: 'GET', path: '/favicon.ico', parameters: [], accepted: false, reason: 'not the redirect_uri', at: 2100, by: 'listener' },
  { type: 'redirect', method: 'GET', path: '/callback', parameters: [{ name: 'state', value: 'of-an-old-tab' }], accepted: false, reason: 'state is not the one of this walk', at: 3400, by: 'listener' },
  observed(2, 'The password is right: this browser has a session here from now on.', [{ name: 'username', value: 'alice' }, { name: 'password', value: 'wonderland' }]),
  observed(2, 'You allowed it, and this server will remember the grant.', [{ name: 'scope', value: SCOPE }]),
  {
    type: 'step',
    step: 3,
    title: 'Authorization code issued',
    channel: 'front',
    from: 'authorization server',
    to: 'browser',
    says: 'The authorization server makes a code, remembers what it stands for, and tells the browser to carry it to redirect_uri. This redirect too is between the browser and the server.',
    why: 'Why a code first, and not the token at once? Because of the road.',
    read: ['RFC 6749 1.3.1'],
  },
  observed(3, 'A code is issued, and bound to what came with the request.', [
    { name: 'code', value: CODE },
    { name: 'client_id', value: CLIENT_ID },
    { name: 'redirect_uri', value: REDIRECT_URI },
    { name: 'code_challenge', value: CHALLENGE },
    { name: 'expires in', value: '60 s' },
  ]),
  {
    type: 'step',
    step: 4,
    title: 'Authorization response',
    channel: 'front',
    from: 'browser',
    to: 'client',
    says: 'The browser delivers the code to the redirection endpoint. Anybody can send a browser there, so the client first looks whether this is the answer to its own request.',
    why: 'The redirection endpoint is an address like any other.',
    read: ['RFC 6749 4.1.2'],
  },
  {
    type: 'redirect',
    method: 'GET',
    path: '/callback',
    parameters: [{ name: 'code', value: CODE }, { name: 'state', value: STATE }, { name: 'iss', value: ISSUER }],
    accepted: true,
    at: 14_200,
    by: 'listener',
  },
  check('authorization-response-duplicate', 'no parameter comes twice', 'each once', 'RFC 6749 3.1'),
  check('authorization-response-state', 'state is the one made for this walk', 'the same', 'RFC 6749 10.12'),
  check('authorization-response-iss', 'iss is the issuer that the request went to', ISSUER, 'RFC 9207 2.4'),
  check('authorization-response-error-charset', 'the error text keeps to its characters', 'no error was sent', 'RFC 6749 4.1.2.1', 'skip'),
  {
    type: 'step',
    step: 5,
    title: 'Token request',
    channel: 'back',
    from: 'client',
    to: 'authorization server',
    says: 'Now the client speaks to the authorization server directly, without the browser. It proves who it is with its secret, hands in the code, and shows the code_verifier that belongs to the challenge of step 1.',
    why: 'This is the one message with the secret in it.',
    read: ['RFC 6749 4.1.3'],
  },
  {
    type: 'request',
    name: 'token request',
    to: 'authorization server',
    method: 'POST',
    url: `${ISSUER}/token`,
    headers: [acceptJson, { name: 'authorization', value: basic }],
    parameters: [
      { name: 'grant_type', value: 'authorization_code' },
      { name: 'code', value: CODE },
      { name: 'redirect_uri', value: REDIRECT_URI },
      { name: 'code_verifier', value: VERIFIER },
    ],
  },
  response('token response', 'authorization server', [json, noStore], {
    access_token: ACCESS_TOKEN,
    expires_in: 3600,
    id_token: ID_TOKEN,
    refresh_token: REFRESH_TOKEN,
    scope: SCOPE,
    token_type: 'Bearer',
  }, 41),
  {
    type: 'step',
    step: 6,
    title: 'Token response',
    channel: 'back',
    from: 'authorization server',
    to: 'client',
    says: 'The authorization server has looked at secret, code and verifier, and sends the tokens. The client believes none of it yet: every rule for the ID Token is tried, one by one.',
    why: 'Two tokens arrive, and they are not for the same reader.',
    read: ['RFC 6749 5.1', 'OpenID Connect Core 3.1.3.7'],
  },
  observed(6, 'SHA-256 of the code_verifier is the code_challenge of step 1.', [{ name: 'code_verifier', value: VERIFIER }, { name: 'code_challenge', value: CHALLENGE }]),
  check('token-response-token-type', 'token_type is one that this client knows', 'Bearer', 'RFC 6749 7.1'),
  check('token-response-scope', 'the scope granted is the scope asked for', SCOPE, 'RFC 6749 3.3'),
  { type: 'value', name: 'id_token', value: ID_TOKEN, origin: 'received', purpose: 'who logged in, for this client alone', decoded: { header: ID_TOKEN_HEADER, claims: ID_TOKEN_CLAIMS } },
  check('id-token-alg', 'alg is the algorithm that this client expects', 'RS256', 'OpenID Connect Core 3.1.3.7 (7)'),
  check('jwks-kid', 'the issuer publishes a key that fits', '1 key', 'OpenID Connect Core 10.1'),
  check('id-token-sig', 'the signature was made with that key', 'RS256, key k1', 'OpenID Connect Core 3.1.3.7 (6)'),
  check('id-token-iss', 'iss is the issuer, character by character', ISSUER, 'OpenID Connect Core 3.1.3.7 (2)'),
  check('id-token-aud', 'aud holds this client', CLIENT_ID, 'OpenID Connect Core 3.1.3.7 (3)'),
  check('id-token-azp', 'azp, where it is sent, is this client', 'not sent', 'OpenID Connect Core 3.1.3.7 (5)', 'skip'),
  check('id-token-exp', 'it has not expired', 'in 59 min 58 s', 'OpenID Connect Core 3.1.3.7 (9)'),
  check('id-token-nonce', 'nonce is the one made for this walk', 'the same', 'OpenID Connect Core 3.1.3.7 (11)'),
  { type: 'value', name: 'access_token', value: ACCESS_TOKEN, origin: 'received', purpose: 'a key for the resource, opaque to the client' },
  { type: 'value', name: 'refresh_token', value: REFRESH_TOKEN, origin: 'received', purpose: 'gets new tokens without the browser' },
  { type: 'value', name: 'scope', value: SCOPE, origin: 'received', purpose: 'what was granted' },
  {
    type: 'step',
    step: 7,
    title: 'Tokens used',
    channel: 'back',
    from: 'client',
    to: 'resource',
    says: 'The client keeps the access token and asks again for what it was refused in step 1. This time it has a key.',
    why: 'The access token travels in the Authorization header, never in a URL.',
    read: ['RFC 6750 2.1'],
  },
  { type: 'request', name: 'resource request', to: 'resource', method: 'GET', url: NOTES, headers: [acceptJson, { name: 'authorization', value: `Bearer ${ACCESS_TOKEN}` }], parameters: [] },
  response('resource response', 'resource', [json, noStore], { owner: 'Alice Liddell', notes: ['Ask the cat which way to go', 'Tea at six, as always', 'Return the white gloves'] }, 5),
  { type: 'request', name: 'UserInfo request', to: 'resource', method: 'GET', url: `${ISSUER}/userinfo`, headers: [acceptJson, { name: 'authorization', value: `Bearer ${ACCESS_TOKEN}` }], parameters: [] },
  response('UserInfo response', 'resource', [json], { sub: 'user-7f3a', name: 'Alice Liddell', preferred_username: 'alice', locale: 'en-GB' }, 6),
  check('userinfo-sub', 'UserInfo speaks of the person of the ID Token', 'user-7f3a', 'OpenID Connect Core 5.3.2'),
]

export function check(id: string, title: string, actual: string, section: string, status: CheckEvent['status'] = 'pass'): CheckEvent {
  return { type: 'check', id, title, status, expected: status === 'skip' ? '' : actual, actual, why: 'Without this rule a message of somebody else could pass for this one.', section, level: 'MUST' }
}

function observed(step: 2 | 3 | 6, saw: string, details: Parameter[]): WalkEvent {
  return { type: 'observed', by: 'authorization server', step, saw, details }
}

function response(name: string, from: 'authorization server' | 'resource', headers: Parameter[], content: Json, milliseconds: number, status = 200, reason = 'OK'): WalkEvent {
  const body = content === '' ? '' : JSON.stringify(content)
  return { type: 'response', name, from, status, reason, headers, body, milliseconds, bytes: Buffer.byteLength(body) }
}

function base64url(object: JsonObject): string {
  return Buffer.from(JSON.stringify(object)).toString('base64url')
}
