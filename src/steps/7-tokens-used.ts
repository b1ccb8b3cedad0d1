import { judge } from '../check.ts'
import { signedUserInfoChecks, userInfoChecks } from '../checks/resource.ts'
import { Malformed } from '../errors.ts'
import type { JsonObject, Lesson, Walk } from '../events.ts'
import { answeredWithError, exchange, headerOf, readObject, refuseRedirect } from '../exchange.ts'
import { decodeJwt, isJwt } from '../oauth/jwt.ts'
import type { Outside, Response } from '../outside.ts'
import { failureIn, signsUserInfo } from '../providers/dialect.ts'
import type { Settings } from '../settings.ts'
import type { AuthorizationServer } from './0-prepare.ts'
import { type Tokens, verify } from './6-token-response.ts'

export const lesson: Lesson = {
  step: 7,
  title: 'Tokens used',
  channel: 'back',
  from: 'client',
  to: 'resource',
  says: 'The client keeps the access token and asks again for what it was refused in step 1. This time it has a key.',
  why: `The access token travels in the Authorization header, never in a URL: URLs are logged and kept. Whoever holds a bearer token can use it, as with a banknote, so the client shows it to the resource that it is for and to nobody else.

The resource does not ask who you are. It asks whether this token may do this, and the authorization server has answered that beforehand. That is why an access token is no proof of a login: it says “may”, not “who”.

UserInfo is a resource too, the authorization server’s own. Its answer is believed only if its sub is the one of the ID Token.`,
  read: ['RFC 6749 7', 'RFC 6750 2.1', 'OpenID Connect Core 5.3', 'RFC 9700 4.3.2'],
}

/** What came back from the places where the access token was used. */
export interface Answers {
  userInfo?: JsonObject
  /** The status of the resource of the person's choice. */
  resourceStatus?: number
}

/** @throws CheckFailed | Malformed | AuthorizationServerError */
export async function* useTokens(tokens: Tokens, settings: Settings, server: AuthorizationServer, outside: Outside): Walk<Answers> {
  yield { type: 'step', ...lesson }
  const answers: Answers = {}
  if (settings.resource !== undefined) answers.resourceStatus = yield* callResource(settings.resource, tokens, outside)
  const userInfo = server.metadata.userinfo_endpoint
  if (userInfo !== undefined) answers.userInfo = yield* callUserInfo(userInfo, tokens, settings, server, outside)
  if (settings.resource === undefined && userInfo === undefined) {
    yield { type: 'skip', what: 'Request with the access token', why: 'no resource is known: name one with --resource.' }
  }
  return answers
}

export async function* callResource(url: string, tokens: Tokens, outside: Outside): Walk<number> {
  return (yield* callWithToken('resource request', url, tokens, outside)).status
}

export async function* callUserInfo(url: string, tokens: Tokens, settings: Settings, server: AuthorizationServer, outside: Outside): Walk<JsonObject> {
  const response = yield* callWithToken('UserInfo request', url, tokens, outside)
  const claims = isSigned(response, settings) ? yield* readSigned(response, settings, server, outside) : yield* readObject(response, 'userinfo')
  const failure = failureIn(claims, settings.dialect)
  if (failure) throw await answeredWithError({ ...failure, at: 'resource' })
  const sub = tokens.idToken?.claims['sub']
  yield* judge(userInfoChecks, { claims, ...(typeof sub === 'string' ? { sub } : {}) })
  return claims
}

/** A JWT in the place of a JSON object, OpenID Connect Core 5.3.2; some providers don't label it as one. */
function isSigned(response: Response, { dialect }: Settings): boolean {
  if (headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/jwt') return true
  return signsUserInfo(dialect) && response.body[0] !== OPENING_BRACE
}

const OPENING_BRACE = 0x7b

async function* readSigned(response: Response, settings: Settings, server: AuthorizationServer, outside: Outside): Walk<JsonObject> {
  const decoded = decodeJwt(new TextDecoder().decode(response.body))
  const verdict = isJwt(decoded) ? yield* verify(decoded, settings.idTokenAlg ?? 'RS256', settings, server, outside) : { candidates: [], problem: decoded.problem }
  const claims = isJwt(decoded) ? decoded.claims : {}
  const { issuer } = server.metadata
  yield* judge(signedUserInfoChecks, { verdict, claims, clientId: settings.client.id, ...(issuer === undefined ? {} : { issuer }) })
  return claims
}

/** The token goes into the header, RFC 6750 2.1: never into the query. */
async function* callWithToken(name: string, url: string, tokens: Tokens, outside: Outside): Walk<Response> {
  const headers = [{ name: 'accept', value: 'application/json' }, { name: 'authorization', value: `Bearer ${tokens.accessToken}` }]
  const response = yield* exchange({ name, to: 'resource', method: 'GET', url, headers, parameters: [] }, outside)
  refuseRedirect(response, name === 'UserInfo request' ? 'userinfo' : 'resource')
  if (response.status < 400) return response
  const challenge = headerOf(response, 'www-authenticate') ?? ''
  const error = /\berror="([^"]*)"/.exec(challenge)?.[1]
  if (error !== undefined) {
    throw await answeredWithError({ error, description: /\berror_description="([^"]*)"/.exec(challenge)?.[1], at: 'resource' })
  }
  throw new Malformed({
    happened: `resource-status: ${response.status} ${response.reason}`.trim(),
    means: 'The resource refused the access token, or failed, and gave no reason that a client can read.',
    tries: ['Look which resource or audience this token was issued for.', 'Ask for the scope that this resource needs.'],
    read: ['RFC 6750 3.1'],
    check: 'resource-status',
  })
}
