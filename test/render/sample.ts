import type { CheckEvent, Json, JsonObject, Lesson, Parameter, RequestEvent, WalkEvent } from '../../src/events.ts'

/** A whole walk on the practice provider, as the flow yields it: nothing is redacted. */

/** The moment at which the tokens arrive, milliseconds since the epoch. */
export const NOW = Date.UTC(2026, 2, 2, 14, 4, 14)
export const CLIENT_ID = 'walkthrough'
export const CLIENT_SECRET = 'Vd4sY0nTnB8h2kq5Zc7Lr1Xw9Gm3Pj6A'
export const ISSUER = 'http://127.0.0.1:4455'
export const REDIRECT_URI = 'http://127.0.0.1:8765/callback'
export const SCOPE = 'openid profile offline_access'

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
const signature = `${'c2lnbmF0dXJlLW9m'.repeat(21)}-9fQ`
export const ID_TOKEN = [base64url(ID_TOKEN_HEADER), base64url(ID_TOKEN_CLAIMS), signature].join('.')

const DISCOVERY = 'OpenID Connect Discovery 4.3'
const json: Parameter = { name: 'content-type', value: 'application/json; charset=utf-8' }
const noStore: Parameter = { name: 'cache-control', value: 'no-store' }
const challenge: Parameter = { name: 'www-authenticate', value: 'Bearer realm="notes"' }
const basic = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`

const metadata: JsonObject = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  jwks_uri: `${ISSUER}/jwks`,
  scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'notes'],
  response_types_supported: ['code'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  subject_types_supported: ['public'],
}

const key: JsonObject = { kty: 'RSA', kid: 'k1', use: 'sig', alg: 'RS256', e: 'AQAB', n: 'xGOrH0A6'.repeat(42) }
const jwks: JsonObject = { keys: [key] }
const notes: JsonObject = { owner: 'Alice Liddell', notes: ['Ask the cat which way to go', 'Tea at six, as always'] }
const userInfo: JsonObject = { sub: 'user-7f3a', name: 'Alice Liddell', preferred_username: 'alice', locale: 'en-GB' }

export const authorizationRequest: Parameter[] = named({
  response_type: 'code',
  client_id: CLIENT_ID,
  redirect_uri: REDIRECT_URI,
  scope: SCOPE,
  state: STATE,
  nonce: NONCE,
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
})

export const tokenRequest: RequestEvent = request('token request', 'authorization server', `${ISSUER}/token`, basic, {
  grant_type: 'authorization_code',
  code: CODE,
  redirect_uri: REDIRECT_URI,
  code_verifier: VERIFIER,
})

export const tokens: JsonObject = {
  access_token: ACCESS_TOKEN,
  expires_in: 3600,
  id_token: ID_TOKEN,
  refresh_token: REFRESH_TOKEN,
  scope: SCOPE,
  token_type: 'Bearer',
}

export const sample: readonly WalkEvent[] = [
  step(0, 'Preparation', 'back', 'client', 'authorization server', [
    'The client reads what the authorization server publishes about itself, and its public keys. Then it makes the',
    'values that will tie every later message to this one walk.',
  ]),
  request('metadata request', 'authorization server', `${ISSUER}/.well-known/openid-configuration`),
  response('metadata response', 'authorization server', [json], metadata, 12),
  check('metadata-issuer', 'the issuer is the one that was asked, character by character', ISSUER, DISCOVERY),
  check('metadata-url-https', 'every endpoint uses TLS, or is on this machine', 'so it is', 'RFC 6749 3.2'),
  check('metadata-pkce', 'the server says that it supports the PKCE method in use', 'S256', 'RFC 9700 2.1.1'),
  request('JWK Set request', 'authorization server', `${ISSUER}/jwks`),
  response('JWK Set response', 'authorization server', [json], jwks, 4),
  made('state', STATE, 'ties the response to this browser'),
  made('nonce', NONCE, 'ties the ID Token to this login'),
  made('code_verifier', VERIFIER, 'stays here until step 5'),
  made('code_challenge', CHALLENGE, 'SHA-256 of the verifier, may be seen'),

  step(1, 'Authorization request', 'front', 'client', 'authorization server', [
    'You want something that is yours and lies on a server. The client asks for it and is refused, for it has no',
    'token. So it sends you to the authorization server, with a request and no secret in it.',
  ]),
  request('resource request', 'resource', `${ISSUER}/notes`),
  response('resource response', 'resource', [challenge, noStore], '', 3, 401, 'Unauthorized'),
  check('resource-refuses', 'without a token the resource refuses', '401', 'RFC 6750 3'),
  check('resource-challenge', 'and says how to ask: WWW-Authenticate', 'Bearer realm="notes"', 'RFC 6750 3'),
  { type: 'navigate', endpoint: `${ISSUER}/authorize`, parameters: authorizationRequest },

  step(2, 'User authentication and consent', 'front', 'browser', 'authorization server', [
    'You log in at the authorization server and agree to what the client may do. The client sees none of this, and',
    'that is the point.',
  ]),
  observed(2, 'The client is known and the redirect_uri is registered for it: the login page goes to the browser.', {
    client_id: CLIENT_ID,
    'asked because': 'nobody is logged in in this browser',
  }),
  stranger('/favicon.ico', {}, 'not the redirect_uri', 2100),
  stranger('/callback', { state: 'of-an-old-tab' }, 'state is not the one of this walk', 3400),
  observed(2, 'The password is right: this browser has a session here from now on.', {
    username: 'alice',
    password: 'wonderland',
  }),
  observed(2, 'You allowed it, and this server will remember the grant.', { scope: SCOPE }),

  step(3, 'Authorization code issued', 'front', 'authorization server', 'browser', [
    'The authorization server makes a code, remembers what it stands for, and tells the browser to carry it to',
    'redirect_uri.',
  ]),
  observed(3, 'A code is issued, and bound to what came with the request.', {
    code: CODE,
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    code_challenge: CHALLENGE,
    'expires in': '60 s',
  }),

  step(4, 'Authorization response', 'front', 'browser', 'client', [
    'The browser delivers the code to the redirection endpoint. Anybody can send a browser there, so the client first',
    'looks whether this is the answer to its own request.',
  ]),
  {
    type: 'redirect',
    method: 'GET',
    path: '/callback',
    parameters: named({ code: CODE, state: STATE, iss: ISSUER }),
    accepted: true,
    at: 14_200,
    by: 'listener',
  },
  check('authorization-response-duplicate', 'no parameter comes twice', 'each once', 'RFC 6749 3.1'),
  check('authorization-response-state', 'state is the one made for this walk', 'the same', 'RFC 6749 10.12'),
  check('authorization-response-iss', 'iss is the issuer that the request went to', ISSUER, 'RFC 9207 2.4'),
  skipped('authorization-response-error-charset', 'the error text keeps to its characters', 'no error was sent'),

  step(5, 'Token request', 'back', 'client', 'authorization server', [
    'Now the client speaks to the authorization server directly, without the browser. It proves who it is with its',
    'secret, hands in the code, and shows the code_verifier that belongs to the challenge of step 1.',
  ]),
  tokenRequest,
  response('token response', 'authorization server', [json, noStore], tokens, 41),

  step(6, 'Token response', 'back', 'authorization server', 'client', [
    'The authorization server has looked at secret, code and verifier, and sends the tokens. The client believes none',
    'of it yet: every rule for the ID Token is tried, one by one.',
  ]),
  observed(6, 'SHA-256 of the code_verifier is the code_challenge of step 1.', {
    code_verifier: VERIFIER,
    code_challenge: CHALLENGE,
  }),
  check('token-response-token-type', 'token_type is one that this client knows', 'Bearer', 'RFC 6749 7.1'),
  check('token-response-scope', 'the scope granted is the scope asked for', SCOPE, 'RFC 6749 3.3'),
  {
    type: 'value',
    name: 'id_token',
    value: ID_TOKEN,
    origin: 'received',
    purpose: 'who logged in, for this client alone',
    decoded: { header: ID_TOKEN_HEADER, claims: ID_TOKEN_CLAIMS },
  },
  check('id-token-alg', 'alg is the algorithm that this client expects', 'RS256', core(7)),
  check('jwks-kid', 'the issuer publishes a key that fits', '1 key', 'OpenID Connect Core 10.1'),
  check('id-token-sig', 'the signature was made with that key', 'RS256, key k1', core(6)),
  check('id-token-iss', 'iss is the issuer, character by character', ISSUER, core(2)),
  check('id-token-aud', 'aud holds this client', CLIENT_ID, core(3)),
  skipped('id-token-azp', 'azp, where it is sent, is this client', 'not sent'),
  check('id-token-exp', 'it has not expired', 'in 59 min 58 s', core(9)),
  check('id-token-nonce', 'nonce is the one made for this walk', 'the same', core(11)),
  received('access_token', ACCESS_TOKEN, 'a key for the resource, opaque to the client'),
  received('refresh_token', REFRESH_TOKEN, 'gets new tokens without the browser'),
  received('scope', SCOPE, 'what was granted'),

  step(7, 'Tokens used', 'back', 'client', 'resource', [
    'The client keeps the access token and asks again for what it was refused in step 1. This time it has a key.',
  ]),
  request('resource request', 'resource', `${ISSUER}/notes`, `Bearer ${ACCESS_TOKEN}`),
  response('resource response', 'resource', [json, noStore], notes, 5),
  request('UserInfo request', 'resource', `${ISSUER}/userinfo`, `Bearer ${ACCESS_TOKEN}`),
  response('UserInfo response', 'resource', [json], userInfo, 6),
  check('userinfo-sub', 'UserInfo speaks of the person of the ID Token', 'user-7f3a', 'OpenID Connect Core 5.3.2'),
]

export function core(rule: number): string {
  return `OpenID Connect Core 3.1.3.7 (${rule})`
}

export function check(id: string, title: string, actual: string, section: string): CheckEvent {
  const why = 'Without this rule a message of somebody else could pass for this one.'
  return { type: 'check', id, title, status: 'pass', expected: actual, actual, why, section, level: 'MUST' }
}

export function skipped(id: string, title: string, actual: string): CheckEvent {
  return { ...check(id, title, actual, 'RFC 6749 4.1.2.1'), status: 'skip', expected: '' }
}

export function request(
  name: string,
  to: 'authorization server' | 'resource',
  url: string,
  authorization?: string,
  parameters: Record<string, string> = {},
): RequestEvent {
  const headers = named({ accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) })
  const method = Object.keys(parameters).length > 0 ? 'POST' : 'GET'
  return { type: 'request', name, to, method, url, headers, parameters: named(parameters) }
}

export function response(
  name: string,
  from: 'authorization server' | 'resource',
  headers: Parameter[],
  content: Json,
  milliseconds = 5,
  status = 200,
  reason = 'OK',
): WalkEvent {
  const body = typeof content === 'string' ? content : JSON.stringify(content)
  const bytes = Buffer.byteLength(body)
  return { type: 'response', name, from, status, reason, headers, body, milliseconds, bytes }
}

export function observed(step: 2 | 3 | 6, saw: string, details: Record<string, string>): WalkEvent {
  return { type: 'observed', by: 'authorization server', step, saw, details: named(details) }
}

export function made(name: string, value: string, purpose: string): WalkEvent {
  return { type: 'value', name, value, origin: 'made', purpose }
}

export function received(name: string, value: string, purpose: string): WalkEvent {
  return { type: 'value', name, value, origin: 'received', purpose }
}

export function named(values: Record<string, string>): Parameter[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}

function stranger(path: string, parameters: Record<string, string>, reason: string, at: number): WalkEvent {
  const about = { type: 'redirect', method: 'GET', path, parameters: named(parameters), by: 'listener' } as const
  return { ...about, accepted: false, reason, at }
}

function step(
  number: Lesson['step'],
  title: string,
  channel: Lesson['channel'],
  from: Lesson['from'],
  to: Lesson['to'],
  says: string[],
): WalkEvent {
  const why = 'Why this step exists, at length.\n\nIn two paragraphs.'
  return { type: 'step', step: number, title, channel, from, to, says: says.join(' '), why, read: ['RFC 6749 4.1'] }
}

function base64url(object: JsonObject): string {
  return Buffer.from(JSON.stringify(object)).toString('base64url')
}
