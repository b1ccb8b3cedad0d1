import type { Check } from '../check.ts'
import type { JsonObject, Parameter } from '../events.ts'

export interface TokenResponseInput {
  headers: readonly Parameter[]
  members: JsonObject
  /** The scope that was asked for. */
  scope: string
}

type TokenResponseCheck = Check<TokenResponseInput>

const VISIBLE = /^[\x20-\x7e]+$/
const BEARER = /^[A-Za-z0-9\-._~+/]+=*$/

export const tokenResponseChecks: readonly TokenResponseCheck[] = [
  {
    id: 'token-response-content-type',
    title: 'the body is labelled as JSON',
    section: 'RFC 6749 5.1',
    level: 'MUST',
    onFail: 'warn',
    why: 'A label that does not fit the body shows that a proxy or a framework answered in the server’s place, or an old dialect.',
    fix: 'Nothing to do here: it could be read all the same.',
    test: ({ headers }) => {
      const type = header(headers, 'content-type')
      return { ok: type?.split(';')[0]?.trim().toLowerCase() === 'application/json', expected: 'application/json', actual: type ?? 'no Content-Type' }
    },
  },
  {
    id: 'token-response-cache-control',
    title: 'nobody may keep a copy of the tokens',
    section: 'RFC 6749 5.1',
    level: 'MUST',
    onFail: 'warn',
    why: 'Without Cache-Control: no-store a proxy between client and server may keep the tokens and hand them to the next who asks.',
    fix: 'Report it to whoever runs this server.',
    test: ({ headers }) => {
      const value = header(headers, 'cache-control')
      return { ok: /\bno-store\b/i.test(value ?? ''), expected: 'no-store', actual: value ?? 'no Cache-Control' }
    },
  },
  {
    id: 'token-response-ambiguous',
    title: 'it is an answer or an error, not both',
    section: 'RFC 6749 5.2',
    level: 'MUST',
    onFail: 'stop',
    why: 'A body with an access token and an error could be taken for success by one reader and for failure by the next.',
    fix: 'Report it to whoever runs this server, and use nothing of this response.',
    test: ({ members }) => {
      const both = members['error'] !== undefined && members['access_token'] !== undefined
      return { ok: !both, expected: 'access_token or error', actual: both ? 'both' : 'access_token or error' }
    },
  },
  {
    id: 'token-response-access-token-syntax',
    title: 'access_token has the form of a bearer token',
    section: 'RFC 6750 2.1',
    level: 'MUST',
    onFail: 'malformed',
    why: 'This text goes into a request header. A space or a line break in it would change the request.',
    fix: 'Walk again. If it stays, report it to whoever runs this server.',
    test: ({ members }) => {
      const token = members['access_token']
      const ok = typeof token === 'string' && BEARER.test(token)
      return { ok, expected: 'letters, digits and -._~+/=', actual: ok ? `${token.length} characters` : kind(token) }
    },
  },
  {
    id: 'token-response-token-type-missing',
    title: 'token_type is there',
    section: 'RFC 6749 5.1',
    level: 'MUST',
    onFail: 'malformed',
    why: 'The type says how the token has to be used. Without it a client would guess.',
    fix: 'Report it to whoever runs this server.',
    test: ({ members }) => ({ ok: members['token_type'] !== undefined, expected: 'token_type', actual: members['token_type'] === undefined ? 'nothing' : 'token_type' }),
  },
  {
    id: 'token-response-token-type',
    title: 'token_type is one that this client knows',
    section: 'RFC 6749 7.1',
    level: 'MUST',
    onFail: 'stop',
    why: 'A token of an unknown type must not be used: it may need a proof that this client can’t give. Case does not matter.',
    fix: 'Ask for bearer tokens in the client’s registration.',
    test: ({ members }) => {
      const type = members['token_type']
      if (type === undefined) return { skip: 'there is none' }
      return { ok: typeof type === 'string' && type.toLowerCase() === 'bearer', expected: 'Bearer', actual: typeof type === 'string' ? type : kind(type) }
    },
  },
  {
    id: 'token-response-expires-in',
    title: 'expires_in is a number of seconds',
    section: 'RFC 6749 5.1',
    level: 'SHOULD',
    onFail: 'warn',
    why: 'A client that can’t read the lifetime uses the token too long, or asks the person to log in too often.',
    fix: 'Report it to whoever runs this server.',
    test: ({ members }) => {
      const seconds = members['expires_in']
      if (seconds === undefined) return { skip: 'not sent: the lifetime is for the server’s documentation to say' }
      return { ok: typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= 0, expected: 'a whole number', actual: JSON.stringify(seconds) }
    },
  },
  {
    id: 'token-response-scope-syntax',
    title: 'scope is one string',
    section: 'RFC 6749 3.3',
    level: 'MUST',
    onFail: 'malformed',
    why: 'Scope is a list with spaces between its words. Another form leaves open what was granted.',
    fix: 'Report it to whoever runs this server.',
    test: ({ members }) =>
      members['scope'] === undefined
        ? { skip: 'not sent: it is the one that was asked for' }
        : { ok: typeof members['scope'] === 'string', expected: 'a string', actual: typeof members['scope'] === 'string' ? 'a string' : kind(members['scope']) },
  },
  {
    id: 'token-response-scope',
    title: 'the scope granted is the scope asked for',
    section: 'RFC 6749 3.3',
    level: 'MUST',
    onFail: 'warn',
    why: 'The server or the person may grant less than was asked, and must say so. A client that does not look fails later, at the resource.',
    fix: 'Look which scopes this client may have in its registration, and what you agreed to.',
    test: ({ members, scope }) => {
      const granted = members['scope']
      if (typeof granted !== 'string') return { skip: 'not sent: it is the one that was asked for' }
      return { ok: sorted(granted) === sorted(scope), expected: scope, actual: granted }
    },
  },
  {
    id: 'token-response-refresh-token',
    title: 'refresh_token is a string',
    section: 'RFC 6749 A.17',
    level: 'MUST',
    onFail: 'malformed',
    why: 'It goes into a later request as it is, so it must be text that can be sent.',
    fix: 'Report it to whoever runs this server.',
    test: ({ members }) => {
      const token = members['refresh_token']
      if (token === undefined) return { skip: 'not sent' }
      const ok = typeof token === 'string' && VISIBLE.test(token)
      return { ok, expected: 'printable ASCII', actual: ok ? `${token.length} characters` : kind(token) }
    },
  },
  {
    id: 'token-response-id-token',
    title: 'an ID Token came with it',
    section: 'OpenID Connect Core 3.1.3.3',
    level: 'MUST',
    onFail: 'stop',
    why: 'scope had openid in it, so the server owes a statement of who logged in. An access token is no such statement.',
    fix: 'Look whether this server speaks OpenID Connect at all; walk without openid in the scope if not.',
    test: ({ members, scope }) => {
      if (!scope.split(' ').includes('openid')) return { skip: 'not asked for: scope has no openid' }
      const token = members['id_token']
      const ok = typeof token === 'string' && token !== ''
      return { ok, expected: 'an id_token', actual: ok ? `${token.length} characters` : kind(token) }
    },
  },
]

export function header(headers: readonly Parameter[], name: string): string | undefined {
  return headers.find((candidate) => candidate.name.toLowerCase() === name)?.value
}

function sorted(scope: string): string {
  return [...new Set(scope.split(' ').filter(Boolean))].toSorted().join(' ')
}

/** What a value is, without the value: it may be a token. */
function kind(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (value === '') return 'an empty string'
  if (typeof value === 'string') return 'a string with other characters'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
