import { judge } from '../check.ts'
import { idTokenChecks, idTokenFormCheck } from '../checks/id-token.ts'
import { tokenResponseChecks } from '../checks/token-response.ts'
import { Malformed } from '../errors.ts'
import type { JsonObject, Lesson, Walk } from '../events.ts'
import { answeredWithError, headerOf, readObject, refuseRedirect } from '../exchange.ts'
import { decodeJwt, isJwt, type Jwt } from '../oauth/jwt.ts'
import { candidateKeys, isAsymmetric, type Verdict, verifyHmac, verifySignature } from '../oauth/signature.ts'
import type { Outside, Response } from '../outside.ts'
import { alsoIssuer, failureIn, standard } from '../providers/dialect.ts'
import type { Settings } from '../settings.ts'
import { type AuthorizationServer, fetchKeys } from './0-prepare.ts'
import type { SentRequest } from './1-authorization-request.ts'

export const lesson: Lesson = {
  step: 6,
  title: 'Token response',
  channel: 'back',
  from: 'authorization server',
  to: 'client',
  says: 'The authorization server has looked at secret, code and verifier, and sends the tokens. The client believes none of it yet: every rule for the ID Token is tried, one by one.',
  why: `Two tokens arrive, and they are not for the same reader. The ID Token is a statement to this client: who logged in, when, at which server, for whom. The access token is a key for a resource. To the client it is opaque; what is inside is a matter between the server and the resource.

An ID Token is only as good as its checks. Decoding is no check: it is base64, and everybody can write some. The signature says that the issuer wrote it, aud that it was written for this client, nonce that it was written for this login, exp and iat that it was written just now. Each of them stops an attack that the others let through.

If one of them fails, the login has not happened. No part of the response may be used then, however good the rest looks.`,
  read: ['RFC 6749 5.1', 'OpenID Connect Core 3.1.3.3', 'OpenID Connect Core 3.1.3.7', 'RFC 8725 3'],
}

/** What the client may use, once every check has passed. */
export interface Tokens {
  accessToken: string
  refreshToken?: string
  /** Absent without `openid` in the scope. */
  idToken?: Jwt
  /** As granted; as asked where the response does not say. */
  scope: string
}

/** @throws CheckFailed | Malformed | AuthorizationServerError */
export async function* judgeTokens(
  response: Response,
  code: string,
  sent: SentRequest,
  settings: Settings,
  server: AuthorizationServer,
  outside: Outside,
): Walk<Tokens> {
  yield { type: 'step', ...lesson }
  const members = yield* readTokenResponse(response, settings, server)
  const scope = sent.parameters.find(({ name }) => name === 'scope')?.value ?? ''
  yield* judge(tokenResponseChecks, { headers: response.headers, members, scope })
  const tokens: Tokens = { accessToken: String(members['access_token']), scope: typeof members['scope'] === 'string' ? members['scope'] : scope }
  if (typeof members['refresh_token'] === 'string') tokens.refreshToken = members['refresh_token']
  if (typeof members['id_token'] === 'string') tokens.idToken = yield* judgeIdToken(members['id_token'], { accessToken: tokens.accessToken, code, sent, settings, server, outside })
  yield* showTokens(tokens)
  return tokens
}

interface Circumstances {
  accessToken: string
  code: string
  sent: SentRequest
  settings: Settings
  server: AuthorizationServer
  outside: Outside
}

async function* judgeIdToken(compact: string, { accessToken, code, sent, settings, server, outside }: Circumstances): Walk<Jwt> {
  const decoded = decodeJwt(compact)
  if (isJwt(decoded)) yield { type: 'value', name: 'id_token', value: compact, origin: 'received', purpose: 'who logged in, for this client alone', decoded: { header: decoded.header, claims: decoded.claims } }
  yield* judge([idTokenFormCheck], { decoded })
  if (!isJwt(decoded)) throw new TypeError('a token that is none has passed its check')
  const alg = settings.idTokenAlg ?? 'RS256'
  const { issuer } = server.metadata
  const alias = issuer === undefined ? undefined : alsoIssuer(issuer, settings.dialect)
  yield* judge(idTokenChecks, {
    jwt: decoded,
    verdict: yield* verify(decoded, alg, settings, server, outside),
    alg,
    clientId: settings.client.id,
    sent: sent.parameters,
    accessToken,
    code,
    now: outside.now(),
    clockSkew: settings.clockSkew,
    ...(issuer === undefined ? {} : { issuer }),
    ...(alias === undefined ? {} : { alsoIssuer: alias }),
  })
  return decoded
}

/** A key that is not there yet may be a new one: the set is fetched once more, OpenID Connect Core 10.1.1. */
export async function* verify(jwt: Jwt, alg: string, settings: Settings, server: AuthorizationServer, outside: Outside): Walk<Verdict> {
  if (alg.startsWith('HS') && jwt.header['alg'] === alg) {
    const ok = await verifyHmac(jwt, settings.client.secret ?? '')
    return ok ? { candidates: [] } : { candidates: [], problem: 'not made with this client’s secret' }
  }
  const rotated = isAsymmetric(jwt.header['alg']) && candidateKeys(jwt.header, server.keys).length === 0
  const jwksUri = server.metadata.jwks_uri
  const keys = rotated && jwksUri !== undefined ? yield* fetchKeys(jwksUri, outside) : server.keys
  return verifySignature(jwt, keys)
}

async function* showTokens({ accessToken, refreshToken, scope }: Tokens): Walk<void> {
  const decoded = decodeJwt(accessToken)
  yield {
    type: 'value',
    name: 'access_token',
    value: accessToken,
    origin: 'received',
    purpose: 'a key for the resource, opaque to the client',
    ...(isJwt(decoded) ? { decoded: { header: decoded.header, claims: decoded.claims } } : {}),
  }
  if (refreshToken !== undefined) yield { type: 'value', name: 'refresh_token', value: refreshToken, origin: 'received', purpose: 'gets new tokens without the browser' }
  yield { type: 'value', name: 'scope', value: scope, origin: 'received', purpose: 'what was granted' }
}

/** JSON, or the form-encoded dialect of servers that are older than the specification. */
async function* readTokenResponse(response: Response, settings: Settings, { metadata, authMethod }: AuthorizationServer): Walk<JsonObject> {
  const { dialect } = settings
  refuseRedirect(response, 'token-response')
  const form = headerOf(response, 'content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
  if (response.status >= 500 || (response.status >= 300 && response.status < 400)) throw serverFailed(response)
  const members = form ? readForm(response) : yield* readObject(response, 'token-response')
  const failure = failureIn(members, dialect) ?? errorOf(members)
  if (failure && members['access_token'] === undefined) {
    throw await answeredWithError({ ...failure, at: 'token' }, { settings, metadata, authMethod })
  }
  if (response.status !== 200 && !failure) throw serverFailed(response)
  return yield* standard('token-response', members, dialect)
}

function errorOf({ error, error_description: description }: JsonObject): { error: string; description?: string } | undefined {
  if (typeof error !== 'string') return undefined
  return { error, ...(typeof description === 'string' ? { description } : {}) }
}

/** @throws Malformed for a parameter that is there twice */
function readForm(response: Response): JsonObject {
  const members: JsonObject = Object.create(null)
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(response.body))) {
    if (name in members) {
      throw new Malformed({
        happened: `token-response-duplicate: "${name}" is in the response twice`,
        means: 'One name with two values can be read in two ways.',
        tries: ['Report it to whoever runs this server.'],
        read: ['RFC 6749 3.2'],
        check: 'token-response-duplicate',
      })
    }
    members[name] = name === 'expires_in' && /^\d+$/.test(value) ? Number(value) : value
  }
  return members
}

function serverFailed(response: Response): Malformed {
  return new Malformed({
    happened: `token-response-status: ${response.status} ${response.reason}`.trim(),
    means: 'The token endpoint answered neither with tokens nor with an error of its own. The code may be spent.',
    tries: ['Walk again: every walk gets a code of its own.', 'Look whether the token endpoint is the right one.'],
    read: ['RFC 6749 5.1', 'RFC 6749 5.2'],
    check: 'token-response-status',
  })
}
