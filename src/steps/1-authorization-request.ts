import { judge } from '../check.ts'
import { challengeChecks } from '../checks/resource.ts'
import type { Lesson, Parameter, Walk } from '../events.ts'
import { exchange, headerOf, proposed } from '../exchange.ts'
import type { Outside, ResponseMode } from '../outside.ts'
import type { Settings } from '../settings.ts'
import type { AuthorizationServer, Transaction } from './0-prepare.ts'

export const lesson: Lesson = {
  step: 1,
  title: 'Authorization request',
  channel: 'front',
  from: 'client',
  to: 'authorization server',
  says: 'You want something that is yours and lies on a server. The client asks for it and is refused, for it has no token. So it sends you to the authorization server, with a request and no secret in it.',
  why: `The client could ask you for your password and fetch everything itself. Then it would hold your password, could do all that you can, and you could stop it only by changing the password everywhere. The Authorization Code Flow exists so that the client never sees it.

Instead the client writes down what it wants, and your browser carries that note to the authorization server. Whatever travels through the browser can be read there and changed on the way, so the note holds nothing secret: who asks, where the answer may go, what is wanted, and three values that make tampering visible later.

redirect_uri is compared with the registered one, character by character, because the answer goes there. A pattern or a wildcard in its place has been turned into a theft of codes many times. code_challenge is the SHA-256 of a value that stays here: who only read this request still could not redeem the code.`,
  read: ['RFC 6749 4.1.1', 'OpenID Connect Core 3.1.2.1', 'RFC 7636 4.3', 'RFC 9700 2.1'],
}

export interface SentRequest {
  /** The authorization request as it went out, edits included. */
  parameters: Parameter[]
}

export async function* requestAuthorization(
  settings: Settings,
  server: AuthorizationServer,
  transaction: Transaction,
  outside: Outside,
): Walk<SentRequest> {
  yield { type: 'step', ...lesson }
  yield* askWithoutToken(protectedResource(settings, server), outside)
  // As the browser will spell it: a host of look-alike letters shows as xn--.
  const endpoint = new URL(server.metadata.authorization_endpoint).href
  const { parameters } = yield* proposed({ type: 'navigate', endpoint, parameters: authorizationRequest(settings, transaction) })
  outside.approach(server.metadata.token_endpoint)
  await outside.openBrowser(withQuery(endpoint, parameters))
  return { parameters }
}

export function responseMode({ parameters }: Settings): ResponseMode {
  return parameters.some(({ name, value }) => name === 'response_mode' && value === 'form_post') ? 'form_post' : 'query'
}

/** The resource of the walk: the one that was named, else the UserInfo endpoint. */
export function protectedResource(settings: Settings, server: AuthorizationServer): string | undefined {
  return settings.resource ?? server.metadata.userinfo_endpoint
}

/** RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1, RFC 7636 4.3. A parameter that was given by hand replaces ours. */
function authorizationRequest(settings: Settings, transaction: Transaction): Parameter[] {
  const ours = [
    { name: 'response_type', value: 'code' },
    { name: 'client_id', value: settings.client.id },
    { name: 'redirect_uri', value: settings.redirectUri },
    { name: 'scope', value: settings.scope },
    { name: 'state', value: transaction.state },
    { name: 'nonce', value: transaction.nonce },
    { name: 'code_challenge', value: transaction.codeChallenge },
    { name: 'code_challenge_method', value: transaction.codeChallenge === undefined ? undefined : settings.pkce },
  ]
  const byHand = new Set(settings.parameters.map(({ name }) => name))
  const sent = ours.flatMap(({ name, value }) => (value === undefined || value === '' || byHand.has(name) ? [] : [{ name, value }]))
  return [...sent, ...settings.parameters]
}

/** A query that the endpoint came with is kept, RFC 6749 3.1. */
function withQuery(endpoint: string, parameters: readonly Parameter[]): string {
  const url = new URL(endpoint)
  for (const { name, value } of parameters) url.searchParams.append(name, value)
  return url.href
}

async function* askWithoutToken(resource: string | undefined, outside: Outside): Walk<void> {
  if (resource === undefined) {
    yield { type: 'skip', what: 'Request without a token', why: 'no resource is known: name one with --resource to see it refuse first and answer later.' }
    return
  }
  const response = yield* exchange({ name: 'resource request', to: 'resource', method: 'GET', url: resource, headers: [], parameters: [] }, outside)
  const wwwAuthenticate = headerOf(response, 'www-authenticate')
  yield* judge(challengeChecks, { status: response.status, ...(wwwAuthenticate === undefined ? {} : { wwwAuthenticate }) })
}
