import { ISSUER } from '../support/fake-server.ts'
import { compactJws, hs256, publicJwk, rs256, rsaKeys } from '../support/signing.ts'
import type { JsonObject, Parameter } from '../../src/events.ts'
import type { OddityName } from '../../src/providers/oddities.ts'

export const SECRET = 'the secret of the client'
const TENANT = '11111111-2222-3333-4444-555555555555'

interface Answer {
  status?: number
  headers?: Record<string, string>
  body: JsonObject | string
}

/** What reached the token endpoint, read from the message as it went out. */
export interface TokenRequest {
  json: boolean
  basic: boolean
  /** The authorization request that the code was issued for. */
  asked: URLSearchParams
  parameters: Parameter[]
  get(name: string): string | undefined
}

/** How one provider answers, as its documents say. What it leaves out is answered by the book. */
export interface Simulated {
  preset: string
  /** Besides `--provider`: where the simulated provider is, and what else is typed. */
  argv: string[]
  authorize?: (asked: URLSearchParams) => Record<string, string> | undefined
  token?: (request: TokenRequest) => Answer
  userInfo?: () => Answer
  metadata?: (honest: JsonObject) => JsonObject
}

/** One departure: the walk in the preset's dialect, and the same walk without this one word of it. */
export interface Departure extends Simulated {
  oddity: OddityName
  /** How the walk ends with the preset; through to the end where absent. */
  ends?: { exit: number; happened: string }
  /** A check that can object only because the message was understood. */
  tells?: string
  without: { exit: number; happened?: string; check?: string }
}

export const key = rsaKeys()
export const published = { keys: [publicJwk(key, { kid: 'k1', use: 'sig', alg: 'RS256' })] }
/** For providers that take https alone. */
export const tunnel = ['--redirect-uri', 'https://walk.tunnel.example/callback', '--listen', 'http://127.0.0.1:8765']
const named = ['--authorization-endpoint', `${ISSUER}/authorize`, '--token-endpoint', `${ISSUER}/token`, '--resource', `${ISSUER}/userinfo`]

export function idToken({ asked }: TokenRequest, more: JsonObject = {}, { leave = '', secret = '' } = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const claims: JsonObject = { iss: ISSUER, sub: 'alice', aud: 'client', iat: now, exp: now + 3600, nonce: asked.get('nonce'), ...more }
  delete claims[leave]
  return secret ? compactJws({ alg: 'HS256' }, claims, hs256(secret)) : compactJws({ alg: 'RS256', kid: 'k1' }, claims, rs256(key))
}

export function issued(request: TokenRequest, more: JsonObject = {}): Answer {
  const scope = request.asked.get('scope') ?? ''
  const openid = scope.split(' ').includes('openid') ? { id_token: idToken(request) } : {}
  return { body: { access_token: 'the-access-token', token_type: 'Bearer', expires_in: 3600, ...openid, ...more } }
}

export const departures: readonly Departure[] = [
  {
    oddity: 'tenant-in-issuer',
    preset: 'entra',
    argv: [`${ISSUER}/.well-known/openid-configuration`, '--tenant', TENANT],
    metadata: (honest) => ({ ...honest, issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', authorization_response_iss_parameter_supported: false }),
    authorize: () => ({ code: 'the-code-of-this-login' }),
    token: (request) => issued(request, { id_token: idToken(request, { iss: `https://login.microsoftonline.com/${TENANT}/v2.0` }) }),
    without: { exit: 4, check: 'metadata-issuer' },
  },
  {
    oddity: 'bare-issuer',
    preset: 'google',
    argv: [ISSUER],
    token: (request) => issued(request, { id_token: idToken(request, { iss: 'as.example' }) }),
    without: { exit: 4, check: 'id-token-iss' },
  },
  {
    oddity: 'scope-urls',
    preset: 'google',
    argv: [ISSUER],
    token: (request) => issued(request, { scope: 'https://www.googleapis.com/auth/userinfo.email openid https://www.googleapis.com/auth/userinfo.profile' }),
    without: { exit: 0, check: 'token-response-scope' },
  },
  {
    oddity: 'nonce-lost',
    preset: 'linkedin',
    argv: [ISSUER],
    authorize: (asked) => (asked.has('code_challenge') ? { error: 'invalid_request' } : undefined),
    token: (request) => (request.basic ? { status: 401, body: { error: 'invalid_client' } } : issued(request, { id_token: idToken(request, {}, { leave: 'nonce' }) })),
    without: { exit: 4, check: 'id-token-nonce' },
  },
  {
    oddity: 'json-token-request',
    preset: 'loginradius',
    argv: [ISSUER],
    token: (request) => (request.json ? issued(request, { token_type: 'access_token' }) : { status: 400, body: { ErrorCode: 2008, Message: 'The request is malformed', Description: 'A JSON body was expected.' } }),
    without: { exit: 3, happened: '2008: The request is malformed A JSON body was expected.' },
  },
  {
    oddity: 'token-type-access-token',
    preset: 'loginradius',
    argv: [ISSUER],
    token: (request) => issued(request, { token_type: 'access_token' }),
    without: { exit: 4, check: 'token-response-token-type' },
  },
  {
    oddity: 'error-number',
    preset: 'loginradius',
    argv: [ISSUER],
    token: () => ({ status: 400, body: { ErrorCode: 2007, Message: 'The code is not valid', Description: 'It is not known here.' } }),
    ends: { exit: 3, happened: '2007: The code is not valid It is not known here.' },
    without: { exit: 5, check: 'token-response-status' },
  },
  {
    oddity: 'signed-userinfo',
    preset: 'loginradius',
    argv: [ISSUER],
    userInfo: () => ({ headers: { 'content-type': 'text/plain' }, body: compactJws({ alg: 'RS256', kid: 'k1' }, { sub: 'alice' }, rs256(key)) }),
    without: { exit: 5, check: 'userinfo-json' },
  },
  {
    oddity: 'scope-array',
    preset: 'twitch',
    argv: [ISSUER],
    token: (request) => issued(request, { scope: ['openid', 'user:read:email'] }),
    without: { exit: 5, check: 'token-response-scope-syntax' },
  },
  {
    oddity: 'error-status-message',
    preset: 'twitch',
    argv: [ISSUER],
    token: () => ({ status: 403, body: { status: 403, message: 'invalid client secret' } }),
    ends: { exit: 3, happened: '403: invalid client secret' },
    without: { exit: 5, check: 'token-response-status' },
  },
  {
    oddity: 'error-status-message',
    preset: 'hubspot',
    argv: named,
    token: () => ({ status: 400, body: { status: 'BAD_CLIENT_SECRET', message: 'bad client secret', correlationId: 'c0ffee' } }),
    ends: { exit: 3, happened: 'BAD_CLIENT_SECRET: bad client secret' },
    without: { exit: 5, check: 'token-response-status' },
  },
  {
    oddity: 'scope-commas',
    preset: 'github',
    argv: named,
    token: (request) => issued(request, { token_type: 'bearer', scope: 'read:user,user:email' }),
    without: { exit: 0, check: 'token-response-scope' },
  },
  {
    oddity: 'scopes-member',
    preset: 'bitbucket',
    argv: named,
    token: (request) => issued(request, { scopes: 'account email' }),
    tells: 'token-response-scope',
    without: { exit: 0 },
  },
  {
    oddity: 'error-object',
    preset: 'facebook',
    argv: named,
    token: () => ({ status: 400, body: { error: { message: 'Error validating client secret.', type: 'OAuthException', code: 1, fbtrace_id: 'A' } } }),
    ends: { exit: 3, happened: 'OAuthException: Error validating client secret., 1' },
    without: { exit: 5, check: 'token-response-status' },
  },
  {
    oddity: 'error-ok-false',
    preset: 'slack',
    argv: [ISSUER, ...tunnel],
    token: (request) => issued(request, { ok: true }),
    userInfo: () => ({ body: { ok: false, error: 'token_revoked' } }),
    ends: { exit: 3, happened: 'token_revoked' },
    without: { exit: 4, check: 'userinfo-sub' },
  },
  {
    oddity: 'error-reason',
    preset: 'zoom',
    argv: named,
    token: () => ({ status: 401, body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } }),
    ends: { exit: 3, happened: 'invalid_client: Invalid client_id or client_secret' },
    without: { exit: 3, happened: 'invalid_client' },
  },
]

/** Where the preset matters by what it asks for, not by what it understands. */
export interface Wanting extends Simulated {
  says: string
  /** How a walk to the same endpoints ends that knows nothing. */
  without: { exit: number; happened?: string; check?: string }
}

export const wantings: readonly Wanting[] = [
  {
    says: 'GitHub reads the secret from the form alone, and answers 200 to a failure',
    preset: 'github',
    argv: named,
    token: (request) =>
      request.get('client_secret') === SECRET ? issued(request, { token_type: 'bearer', scope: 'read:user,user:email' }) : { body: { error: 'incorrect_client_credentials', error_description: 'The client_id and/or client_secret passed are incorrect.' } },
    without: { exit: 3, happened: 'incorrect_client_credentials' },
  },
  {
    says: 'GitHub answers with a form to whom it takes for a browser',
    preset: 'github',
    argv: named,
    token: (request) => (request.basic ? { body: { error: 'incorrect_client_credentials' } } : { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: 'access_token=the-access-token&scope=read%3Auser%2Cuser%3Aemail&token_type=bearer' }),
    without: { exit: 3, happened: 'incorrect_client_credentials' },
  },
  {
    says: 'X wants scopes of its own, PKCE and HTTP Basic',
    preset: 'x',
    argv: named,
    authorize: (asked) => (asked.get('scope') === 'users.read tweet.read' && asked.get('code_challenge_method') === 'S256' ? undefined : { error: 'invalid_request' }),
    token: (request) => (request.basic && request.get('code_verifier') ? issued(request, { token_type: 'bearer', scope: 'tweet.read users.read' }) : { status: 401, body: { error: 'unauthorized_client' } }),
    userInfo: () => ({ body: { data: { id: '1', username: 'alice' } } }),
    without: { exit: 3, happened: 'invalid_request' },
  },
  {
    says: 'LinkedIn stumbles over PKCE',
    preset: 'linkedin',
    argv: [ISSUER],
    authorize: (asked) => (asked.has('code_challenge') ? { error: 'invalid_request' } : undefined),
    token: (request) => issued(request, { id_token: idToken(request, {}, { leave: 'nonce' }) }),
    without: { exit: 3, happened: 'invalid_request' },
  },
  {
    says: 'LINE signs with HS256 and the channel secret',
    preset: 'line',
    argv: [ISSUER],
    token: (request) => issued(request, { id_token: idToken(request, {}, { secret: SECRET }) }),
    without: { exit: 4, check: 'id-token-alg' },
  },
  {
    says: 'Apple wants the response to be posted as a form',
    preset: 'apple',
    argv: [ISSUER, ...tunnel],
    authorize: (asked) => (asked.get('response_mode') === 'form_post' ? undefined : { error: 'invalid_request' }),
    token: (request) => (request.get('client_secret') === SECRET ? issued(request) : { status: 400, body: { error: 'invalid_client' } }),
    without: { exit: 3, happened: 'invalid_request' },
  },
  {
    says: 'Slack takes https and no PKCE',
    preset: 'slack',
    argv: [ISSUER, ...tunnel],
    authorize: (asked) => (asked.has('code_challenge') ? { error: 'invalid_request' } : undefined),
    token: (request) => issued(request, { ok: true }),
    userInfo: () => ({ body: { ok: true, sub: 'alice', 'https://slack.com/user_id': 'U1' } }),
    without: { exit: 3, happened: 'invalid_request' },
  },
  {
    says: 'Meta grants its own scopes and takes the secret from the form',
    preset: 'facebook',
    argv: named,
    token: (request) => (request.basic ? { status: 400, body: { error: { message: 'Missing client_secret parameter.', type: 'OAuthException', code: 101 } } } : issued(request, { token_type: 'bearer' })),
    userInfo: () => ({ body: { id: '1', name: 'Alice' } }),
    without: { exit: 5, check: 'token-response-status' },
  },
  {
    says: 'Atlassian requires audience and prompt=consent, and reads JSON',
    preset: 'atlassian',
    argv: named,
    authorize: (asked) => (asked.get('audience') === 'api.atlassian.com' && asked.get('prompt') === 'consent' ? undefined : { error: 'invalid_request' }),
    token: (request) => (request.json && request.get('client_secret') === SECRET ? issued(request) : { status: 400, body: { error: 'invalid_request' } }),
    without: { exit: 3, happened: 'invalid_request' },
  },
  {
    says: 'Notion reads JSON beside HTTP Basic, and wants owner=user',
    preset: 'notion',
    argv: named,
    authorize: (asked) => (asked.get('owner') === 'user' && !asked.has('scope') ? undefined : { error: 'invalid_request' }),
    token: (request) => (request.json && request.basic && !request.get('client_secret') ? issued(request, { token_type: 'bearer' }) : { status: 400, body: { error: 'invalid_request' } }),
    without: { exit: 3, happened: 'invalid_request' },
  },
  {
    says: 'LoginRadius does all of it in its own way',
    preset: 'loginradius',
    argv: [ISSUER],
    token: (request) => (request.json && request.get('client_secret') === SECRET ? issued(request, { token_type: 'access_token' }) : { status: 400, body: { ErrorCode: 2008, Message: 'The request is malformed' } }),
    userInfo: () => ({ body: compactJws({ alg: 'RS256', kid: 'k1' }, { sub: 'alice' }, rs256(key)) }),
    without: { exit: 5, check: 'token-response-status' },
  },
]
