import { createHash } from 'node:crypto'
import { judge } from '../check.ts'
import { jwksChecks } from '../checks/jwks.ts'
import { metadataChecks } from '../checks/metadata.ts'
import { CheckFailed, Malformed, NetworkError, UsageError } from '../errors.ts'
import type { JsonObject, Lesson, Walk } from '../events.ts'
import { exchange, readObject, refuseRedirect } from '../exchange.ts'
import { chooseMethod, clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import { demandOf, readMetadata, type ServerMetadata, strings, wellKnownUrls } from '../oauth/metadata.ts'
import { keysOf } from '../oauth/signature.ts'
import type { Outside, Response } from '../outside.ts'
import { losesNonce, standard } from '../providers/dialect.ts'
import type { Settings } from '../settings.ts'

export const lesson: Lesson = {
  step: 0,
  title: 'Preparation',
  channel: 'back',
  from: 'client',
  to: 'authorization server',
  says: 'The client reads what the authorization server publishes about itself, and its public keys. Then it makes the values that will tie every later message to this one walk.',
  why: `A login is a chain of messages between three parties, and two of them travel through a browser that anybody may have sent. The client can trust the chain only as far as it can compare: this answer with that request, this name with that name.

So everything that will be compared is fixed first. The metadata is believed only if it names the very issuer that was asked. state ties the authorization response to this request, nonce ties the ID Token to it, and code_verifier lets the server see that whoever redeems the code is who asked for it. All three come from a cryptographically secure source and are used once.

The listener is bound before the browser opens, so that nobody else on this machine can be standing at the redirection endpoint when the code arrives.`,
  read: ['OpenID Connect Discovery 4', 'RFC 8414 3', 'RFC 7636 4.1', 'RFC 9700 2.1'],
}

export interface AuthorizationServer {
  metadata: ServerMetadata
  /** The JWK Set of `jwks_uri`, as far as it has been fetched. */
  keys: JsonObject[]
  authMethod: string
}

/** The values that tie every message of one walk together. */
export interface Transaction {
  state: string
  nonce?: string
  codeVerifier?: string
  codeChallenge?: string
}

export async function* prepare(settings: Settings, outside: Outside): Walk<AuthorizationServer> {
  yield { type: 'step', ...lesson }
  const openid = asksForIdToken(settings)
  const { metadata, authMethod } = yield* readServer(settings, outside)
  yield { type: 'value', name: 'token_endpoint_auth_method', value: authMethod, origin: 'made', purpose: clientAuthenticationMethods[authMethod]?.says ?? '' }
  if (!openid) yield { type: 'skip', what: 'ID Token', why: 'scope has no openid: this is OAuth 2.0 alone. It says what the client may do, and not who logged in.' }
  const keys = openid && metadata.jwks_uri ? yield* fetchKeys(metadata.jwks_uri, outside) : []
  return { metadata, keys, authMethod }
}

/** What the server publishes, believed once its checks have passed, and how the client authenticates there. */
export async function* readServer(settings: Settings, outside: Outside): Walk<Omit<AuthorizationServer, 'keys'>> {
  const openid = asksForIdToken(settings)
  const { issuer } = settings.server
  const published = yield* standard('metadata', yield* readDocument(settings, outside), settings.dialect, issuer)
  const document = { ...published, ...overrides(settings) }
  const authMethod = chooseMethod(settings.client, strings(document['token_endpoint_auth_methods_supported']))
  yield* judge(metadataChecks, { document, openid, authMethod, pkce: settings.pkce, ...(issuer === undefined ? {} : { issuer }) })
  refuseDemands(document)
  return { metadata: readMetadata(document), authMethod }
}

export async function* makeTransaction(settings: Settings, outside: Outside): Walk<Transaction> {
  const transaction: Transaction = { state: outside.random(32) }
  yield { type: 'value', name: 'state', value: transaction.state, origin: 'made', purpose: 'ties the response to this browser' }
  if (asksForIdToken(settings) && losesNonce(settings.dialect)) {
    yield { type: 'skip', what: 'nonce', why: 'this provider is known not to put it into the ID Token. PKCE or state has to tie the login to this browser alone.' }
  } else if (asksForIdToken(settings)) {
    transaction.nonce = outside.random(32)
    yield { type: 'value', name: 'nonce', value: transaction.nonce, origin: 'made', purpose: 'ties the ID Token to this login' }
  }
  if (settings.pkce === 'none') {
    yield { type: 'skip', what: 'PKCE', why: 'switched off: a stolen code could be redeemed by whoever has the client secret.' }
    return transaction
  }
  transaction.codeVerifier = outside.random(32)
  yield { type: 'value', name: 'code_verifier', value: transaction.codeVerifier, origin: 'made', purpose: 'stays here until step 5' }
  transaction.codeChallenge = settings.pkce === 'S256' ? createHash('sha256').update(transaction.codeVerifier).digest('base64url') : transaction.codeVerifier
  yield { type: 'value', name: 'code_challenge', value: transaction.codeChallenge, origin: 'made', purpose: settings.pkce === 'S256' ? 'SHA-256 of the verifier, may be seen' : 'the verifier itself: plain' }
  return transaction
}

/**
 * The issuer's JWK Set, through `send` like everything else.
 * @throws CheckFailed where there is none to be had: no ID Token could be verified
 * @throws Malformed where what came is no such set
 */
export async function* fetchKeys(jwksUri: string, outside: Outside): Walk<JsonObject[]> {
  const set = yield* fetchKeySet(jwksUri, outside)
  yield* judge(jwksChecks, set)
  return keysOf(set)
}

async function* fetchKeySet(jwksUri: string, outside: Outside): Walk<JsonObject> {
  try {
    const response = yield* exchange({ name: 'JWK Set request', to: 'authorization server', method: 'GET', url: jwksUri, headers: ACCEPT_JSON, parameters: [] }, outside)
    requireOk(response, 'jwks')
    return yield* readObject(response, 'jwks')
  } catch (error) {
    const unavailable = error instanceof NetworkError || (error instanceof Malformed && error.explanation.check?.startsWith('jwks-'))
    if (!unavailable) throw error
    throw new CheckFailed({
      happened: `jwks-fetch: the issuer’s keys could not be fetched. ${error.explanation.happened}`,
      means: 'Without these keys nobody can verify an ID Token, and that it came over TLS is no substitute here.',
      tries: error.explanation.tries,
      read: ['OpenID Connect Core 10.1'],
      check: 'jwks-fetch',
    }, { cause: error })
  }
}

/** A plain request would end at the server, or get less protection than it is meant to have. */
function refuseDemands(document: JsonObject): void {
  const demand = demandOf(document)
  if (demand === undefined) return
  throw new UsageError({
    happened: `this server takes ${demand.what} alone: its metadata says ${demand.member}`,
    means: 'This client sends its authorization request through the browser, in the open. It was not sent.',
    tries: ['Register a client for which the server does not demand it.'],
    read: [demand.read],
  })
}

export function asksForIdToken({ scope }: Settings): boolean {
  return scope.split(' ').includes('openid')
}

const ACCEPT_JSON = [{ name: 'accept', value: 'application/json' }]

/**
 * The metadata document, as it came: nothing in it has been judged.
 * @throws Malformed | NetworkError
 */
export async function* readDocument({ server }: Pick<Settings, 'server'>, outside: Outside): Walk<JsonObject> {
  if (server.metadataDocument) {
    const { text } = server.metadataDocument
    return yield* readObject({ status: 200, reason: '', headers: [], body: Buffer.from(text), milliseconds: 0 }, 'metadata')
  }
  const urls = server.metadataUrl ? [server.metadataUrl] : server.issuer ? wellKnownUrls(server.issuer) : []
  if (urls.length === 0) return handMade()
  for (const [index, url] of urls.entries()) {
    const response = yield* exchange({ name: 'metadata request', to: 'authorization server', method: 'GET', url, headers: ACCEPT_JSON, parameters: [] }, outside)
    const another = response.status === 404 && index < urls.length - 1
    if (another) continue
    requireOk(response, 'metadata')
    return yield* readObject(response, 'metadata')
  }
  return handMade()
}

/** Where the endpoints are given one by one there is no document to read. */
function handMade(): JsonObject {
  return {}
}

function overrides({ server: { endpoints } }: Settings): JsonObject {
  const named = {
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    userinfo_endpoint: endpoints.userinfo,
    jwks_uri: endpoints.jwks,
  }
  return Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** RFC 9110 15.5.20. */
const MISDIRECTED = 421

function requireOk(response: Response, message: string): void {
  refuseRedirect(response, message)
  if (response.status === 200) return
  throw new Malformed({
    happened: `${message}-status: ${response.status} ${response.reason}`.trim(),
    means: 'The server has no such document at this address, or could not give it.',
    tries: [...(response.status === MISDIRECTED ? ['The server goes by another host name: localhost and 127.0.0.1 are two names too.'] : []), 'Look whether the issuer is right: open its address with /.well-known/openid-configuration behind it in a browser.', 'Name the document itself with --metadata.'],
    read: ['OpenID Connect Discovery 4.2', 'RFC 8414 3.2'],
    check: `${message}-status`,
  })
}
