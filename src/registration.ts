import { judge } from './check.ts'
import { registrationChecks } from './checks/registration.ts'
import { AuthorizationServerError, CheckFailed, Malformed } from './errors.ts'
import type { JsonObject, Parameter, Walk } from './events.ts'
import { exchange, headerOf, readObject, refuseRedirect } from './exchange.ts'
import type { Outside, Response } from './outside.ts'
import { pinned } from './pinned.ts'
import type { Settings } from './settings.ts'
import { readServer } from './steps/0-prepare.ts'

/** What is asked for, and by what right. */
export interface Wish extends Pick<Settings, 'server' | 'redirectUri' | 'scope' | 'dialect'> {
  authMethod?: string
  clientName: string
  /** Refresh tokens too. */
  offline: boolean
  initialAccessToken?: string
}

export interface RegisteredClient {
  id: string
  secret?: string
  authMethod: string
  /** Seconds since the epoch. */
  expiresAt?: number
}

/**
 * Registers a client for one redirect URI (RFC 7591 3, OpenID Connect Dynamic Client Registration 3).
 * @throws WalkError
 */
export async function* registration(wish: Wish, outside: Outside): Walk<RegisteredClient> {
  const { metadata, authMethod } = yield* readServer(settingsFor(wish), outside)
  const endpoint = metadata.registration_endpoint
  if (endpoint === undefined) throw closed()
  const response = yield* exchange({
    name: 'client registration request',
    to: 'authorization server',
    method: 'POST',
    url: endpoint,
    headers: [...JSON_BOTH_WAYS, ...authorization(wish)],
    parameters: clientMetadata(wish, authMethod),
  }, pinned(outside, metadata, undefined))
  const members = yield* readAnswer(response)
  yield* judge(registrationChecks, { status: response.status, members, redirectUri: wish.redirectUri, authMethod, now: outside.now() })
  return clientOf(members, authMethod)
}

/** The walk's own reading of a server; a secret that is not there yet lets it choose a method that needs one. */
function settingsFor({ server, redirectUri, scope, dialect, authMethod }: Wish): Settings {
  const client = { id: '', secret: '', ...(authMethod === undefined ? {} : { authMethod }) }
  return { server, client, redirectUri, scope, pkce: 'S256', parameters: [], tokenParameters: [], clockSkew: 0, ...(dialect ? { dialect } : {}) }
}

const JSON_BOTH_WAYS = [{ name: 'accept', value: 'application/json' }, { name: 'content-type', value: 'application/json' }]

function authorization({ initialAccessToken }: Wish): Parameter[] {
  return initialAccessToken === undefined ? [] : [{ name: 'authorization', value: `Bearer ${initialAccessToken}` }]
}

/** RFC 7591 2. Lists are written as such: `encodeBody`. */
function clientMetadata({ redirectUri, scope, clientName, offline }: Wish, authMethod: string): Parameter[] {
  return [
    { name: 'client_name', value: clientName },
    { name: 'redirect_uris', value: redirectUri },
    { name: 'response_types', value: 'code' },
    { name: 'grant_types', value: 'authorization_code' },
    ...(offline ? [{ name: 'grant_types', value: 'refresh_token' }] : []),
    { name: 'token_endpoint_auth_method', value: authMethod },
    ...(scope === '' ? [] : [{ name: 'scope', value: scope }]),
  ]
}

async function* readAnswer(response: Response): Walk<JsonObject> {
  refuseRedirect(response, 'registration')
  if (response.status === 401 || response.status === 403) throw notAllowed(response)
  if (response.status >= 500) throw failed(response)
  const members = yield* readObject(response, 'registration')
  const { error, error_description: description } = members
  if (typeof error === 'string' && members['client_id'] === undefined) throw refused(error, typeof description === 'string' ? description : undefined)
  if (response.status >= 400) throw failed(response)
  return members
}

function clientOf({ client_id: id, client_secret: secret, token_endpoint_auth_method: method, client_secret_expires_at: expiresAt }: JsonObject, asked: string): RegisteredClient {
  const authMethod = typeof method === 'string' ? method : asked
  return {
    id: String(id),
    authMethod,
    ...(typeof secret === 'string' && authMethod !== 'none' ? { secret } : {}),
    ...(typeof expiresAt === 'number' && expiresAt !== 0 ? { expiresAt } : {}),
  }
}

/** RFC 7591 3.2.2. */
const MEANINGS: Readonly<Record<string, { means: string; fix: string }>> = {
  invalid_redirect_uri: { means: 'The server does not take this redirect URI.', fix: 'Take another form of it with --redirect-uri: 127.0.0.1, localhost, or https.' },
  invalid_client_metadata: { means: 'A value that was sent, or two of them together, are not allowed here.', fix: 'Change what the description names: --auth-method, --scope, or leave out --offline.' },
  invalid_software_statement: { means: 'The server wants a signed statement about the software, and this client has none.', fix: 'Register by hand in the server’s console.' },
  unapproved_software_statement: { means: 'The server takes only software that it has approved.', fix: 'Register by hand in the server’s console.' },
}

function refused(error: string, description: string | undefined): AuthorizationServerError {
  const known = Object.hasOwn(MEANINGS, error) ? MEANINGS[error] : undefined
  return new AuthorizationServerError({
    happened: `${error}${description === undefined ? '' : `: ${description}`}`,
    means: `${known?.means ?? 'The server has a reason of its own.'} No client was registered.`,
    tries: [known?.fix ?? 'Look for this word in the server’s documentation.'],
    read: ['RFC 7591 3.2.2'],
  })
}

function notAllowed(response: Response): AuthorizationServerError {
  return new AuthorizationServerError({
    happened: `${response.status} from the registration endpoint${headerOf(response, 'www-authenticate')?.includes('invalid_token') ? ': invalid_token' : ''}`,
    means: 'Registration is not open to everybody here: it takes an initial access token, and this one or none was not enough.',
    tries: ['Get an initial access token from whoever runs the server: --initial-access-token-file <path>', 'Register by hand in the server’s console.'],
    read: ['RFC 7591 3'],
  })
}

function failed({ status, reason }: Response): Malformed {
  return new Malformed({
    happened: `registration-status: ${status} ${reason}`.trim(),
    means: 'The registration endpoint answered neither with a client nor with an error of its own. Whether a client exists now, nobody can tell from here.',
    tries: ['Look in the server’s console before you register again.'],
    read: ['RFC 7591 3.2'],
    check: 'registration-status',
  })
}

function closed(): CheckFailed {
  return new CheckFailed({
    happened: 'registration-endpoint: expected registration_endpoint in the metadata, got nothing',
    means: 'This server does not let clients register themselves, or does not say where.',
    tries: ['Register by hand in the server’s console, with the redirect URI of this client.'],
    read: ['RFC 8414 2', 'RFC 7591 3'],
    check: 'registration-endpoint',
  })
}
