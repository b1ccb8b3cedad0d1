import type { Check } from '../check.ts'
import type { Json, JsonObject } from '../events.ts'
import { clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import { strings } from '../oauth/metadata.ts'

export interface RegistrationInput {
  status: number
  members: JsonObject
  redirectUri: string
  authMethod: string
  /** Milliseconds since the epoch. */
  now: number
}

const RESPONSE = 'RFC 7591 3.2.1'

/** The client information response: what the server has made of the metadata that was sent, which it may change. */
export const registrationChecks: readonly Check<RegistrationInput>[] = [
  {
    id: 'registration-status',
    title: 'the client was created',
    section: RESPONSE,
    level: 'MUST',
    onFail: 'warn',
    why: '201 says that a client exists that did not exist before.',
    fix: 'Report it to whoever runs this server.',
    test: ({ status }) => ({ ok: status === 201, expected: '201', actual: String(status) }),
  },
  {
    id: 'registration-client-id',
    title: 'client_id is there',
    section: RESPONSE,
    level: 'MUST',
    onFail: 'malformed',
    why: 'It is the name of the new client, and only the server can give it.',
    fix: 'Report it to whoever runs this server.',
    test: ({ members }) => ({ ok: isText(members['client_id']), expected: 'a text', actual: isText(members['client_id']) ? 'a text' : kindOf(members['client_id']) }),
  },
  {
    id: 'registration-redirect-uris',
    title: 'this redirect URI is registered, as it was sent',
    section: RESPONSE,
    level: 'MUST',
    onFail: 'stop',
    why: 'A server may change what it was sent. With another redirect URI the code would go to another place.',
    fix: 'Ask for a redirect URI that this server takes, with --redirect-uri.',
    test: ({ members, redirectUri }) => {
      if (members['redirect_uris'] === undefined) return { skip: 'not sent back: as it was asked for' }
      const registered = strings(members['redirect_uris'])
      return { ok: registered?.includes(redirectUri) ?? false, expected: redirectUri, actual: registered?.includes(redirectUri) ? redirectUri : registered?.join(' ') || kindOf(members['redirect_uris']) }
    },
  },
  {
    id: 'registration-redirect-uris-extra',
    title: 'and no other one is',
    section: 'RFC 9700 4.1.3',
    level: 'SHOULD',
    onFail: 'warn',
    why: 'Every further redirect URI is one more place that a code of this client may be sent to.',
    fix: 'Ask whoever runs this server where the other one comes from.',
    test: ({ members, redirectUri }) => {
      const others = strings(members['redirect_uris'])?.filter((uri) => uri !== redirectUri)
      if (others === undefined) return { skip: 'not sent back' }
      return { ok: others.length === 0, expected: 'this one alone', actual: others.join(' ') || 'this one alone' }
    },
  },
  {
    id: 'registration-auth-method',
    title: 'the client authenticates as it asked to',
    section: RESPONSE,
    level: 'MAY',
    onFail: 'warn',
    why: 'A server may choose another method. The one that it names is the one that it will accept.',
    fix: 'The profile takes the method that the server named.',
    test: ({ members, authMethod }) => {
      const method = members['token_endpoint_auth_method']
      if (method === undefined) return { skip: 'not sent back: as it was asked for' }
      return { ok: method === authMethod, expected: authMethod, actual: shown(method) }
    },
  },
  {
    id: 'registration-auth-method-known',
    title: 'by a method that this client knows',
    section: RESPONSE,
    level: 'POLICY',
    onFail: 'stop',
    why: 'A client that can’t prove who it is gets no token.',
    fix: 'Ask for a method with --auth-method that both sides know.',
    test: ({ members: { token_endpoint_auth_method: method = null } }) => {
      if (method === null) return { skip: 'not sent back: as it was asked for' }
      const ok = isText(method) && Object.hasOwn(clientAuthenticationMethods, method)
      return { ok, expected: Object.keys(clientAuthenticationMethods).join(', '), actual: shown(method) }
    },
  },
  {
    id: 'registration-secret',
    title: 'a confidential client got its secret',
    section: RESPONSE,
    level: 'MUST',
    onFail: 'stop',
    why: 'Without a secret this client could not authenticate by the method that was agreed on.',
    fix: 'Ask for a public client with --auth-method none, or report it to whoever runs this server.',
    test: ({ members, authMethod }) => {
      const method = isText(members['token_endpoint_auth_method']) ? members['token_endpoint_auth_method'] : authMethod
      if (method === 'none') return { skip: 'a public client has none' }
      const ok = isText(members['client_secret'])
      return { ok, expected: 'a client_secret', actual: ok ? 'a client_secret' : kindOf(members['client_secret']) }
    },
  },
  {
    id: 'registration-secret-expires',
    title: 'and the secret is good today',
    section: RESPONSE,
    level: 'MUST',
    onFail: 'stop',
    why: 'client_secret_expires_at is a moment, or 0 for never. A secret from the past proves nothing.',
    fix: 'Look whether the clocks of both machines are right, then register again.',
    test: ({ members, now }) => {
      const at = members['client_secret_expires_at']
      if (members['client_secret'] === undefined) return { skip: 'there is no secret' }
      if (at === undefined) return { skip: 'not sent, although a secret was' }
      const ok = typeof at === 'number' && (at === 0 || at * 1000 > now)
      return { ok, expected: '0, or a moment to come', actual: typeof at === 'number' ? String(at) : kindOf(at) }
    },
  },
  {
    id: 'registration-grant',
    title: 'the Authorization Code grant is allowed',
    section: 'RFC 7591 2',
    level: 'MUST',
    onFail: 'stop',
    why: 'A client without it gets no code.',
    fix: 'Ask whoever runs this server to allow authorization_code for clients that register themselves.',
    test: ({ members }) => {
      const grants = strings(members['grant_types'])
      if (members['grant_types'] === undefined) return { skip: 'not sent back: as it was asked for' }
      return { ok: grants?.includes('authorization_code') ?? false, expected: 'authorization_code', actual: grants?.join(' ') || kindOf(members['grant_types']) }
    },
  },
]

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function shown(value: Json | undefined): string {
  return isText(value) ? value : kindOf(value)
}

/** What a value is, without the value: it may be a secret. */
function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === '' || value === null) return 'nothing in it'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
