import { isIP } from 'node:net'
import type { Check } from '../check.ts'
import type { JsonObject } from '../events.ts'
import { registeredName } from '../oauth/client-authentication.ts'
import { textOf } from '../oauth/json.ts'
import { ENDPOINTS, strings } from '../oauth/metadata.ts'
import { hostAndPort, isPrivate, isSecure, parseUrl } from '../oauth/url.ts'

export interface MetadataInput {
  document: JsonObject
  /** The issuer that was asked, where one was. */
  issuer?: string
  /** Set where the ID Token's keys will be needed. */
  openid: boolean
  authMethod: string
  pkce: string
}

type MetadataCheck = Check<MetadataInput>

const RFC8414 = 'RFC 8414 2'

export const metadataChecks: readonly MetadataCheck[] = [
  {
    id: 'metadata-issuer-type',
    title: 'the metadata names its issuer',
    section: RFC8414,
    level: 'MUST',
    onFail: 'malformed',
    why: 'Without its own name the document could be anybody’s, and nothing later could be compared with it.',
    fix: 'Ask whoever runs this server: its metadata has no issuer.',
    test: ({ document, issuer }) =>
      issuer === undefined && document['issuer'] === undefined
        ? { skip: 'endpoints were given by hand' }
        : { ok: typeof document['issuer'] === 'string' && document['issuer'] !== '', expected: 'a string', actual: typeof document['issuer'] === 'string' && document['issuer'] !== '' ? 'a string' : show(document['issuer']) },
  },
  {
    id: 'metadata-issuer',
    title: 'the issuer is the one that was asked, character by character',
    section: 'OpenID Connect Discovery 4.3',
    level: 'MUST',
    onFail: 'stop',
    why: 'A server that publishes another issuer’s name could have its tokens taken for that issuer’s. No slash is added or dropped in this comparison.',
    fix: 'Type the issuer exactly as the document spells it, if that is the server you mean. Where the document has a {placeholder}, one name stands for many tenants: type the issuer of your own tenant.',
    test: ({ document, issuer }) =>
      issuer === undefined
        ? { skip: 'the issuer is the one inside the document' }
        : { ok: document['issuer'] === issuer, expected: issuer, actual: show(document['issuer']) },
  },
  endpointCheck('metadata-authorization-endpoint', 'authorization_endpoint', () => true),
  endpointCheck('metadata-token-endpoint', 'token_endpoint', () => true),
  endpointCheck('metadata-jwks-uri', 'jwks_uri', ({ openid }) => openid),
  urlCheck({
    id: 'metadata-url-scheme',
    title: 'every endpoint is an http or https URL',
    section: RFC8414,
    onFail: 'stop',
    why: 'The browser is sent to one of these. A javascript: or file: URL there would run something on this machine.',
    fix: 'Do not use this server: no honest metadata holds such a URL.',
    expected: 'http or https',
    fits: (url) => url.protocol === 'https:' || url.protocol === 'http:',
  }),
  urlCheck({
    id: 'metadata-url-https',
    title: 'every endpoint uses TLS, or is on this machine',
    section: 'RFC 6749 3.2',
    onFail: 'stop',
    why: 'The client secret, the code and the tokens travel there. Over plain http everybody on the way could read them.',
    fix: 'Use a server with https, or one on this machine.',
    expected: 'https, or this machine',
    fits: (url) => isSecure(url) || (url.protocol !== 'http:' && url.protocol !== 'https:'),
  }),
  urlCheck({
    id: 'metadata-url-fragment',
    title: 'no endpoint has a fragment',
    section: 'RFC 6749 3.1',
    onFail: 'malformed',
    why: 'A fragment is never sent to a server, so an endpoint with one can’t mean what it says.',
    fix: 'Ask whoever runs this server to correct its metadata.',
    expected: 'no #fragment',
    fits: (url) => !url.href.includes('#'),
  }),
  {
    id: 'metadata-url-private',
    title: 'a public issuer has public endpoints',
    section: 'RFC 9700 4.4',
    level: 'POLICY',
    onFail: 'stop',
    why: 'A public server that points into a private network would make this client knock on doors behind the firewall.',
    fix: 'Ask whoever runs this server: its metadata points to an internal address.',
    test: ({ document, issuer }) => {
      const asked = parseUrl(issuer ?? textOf(document['issuer']))
      if (!asked || isPrivate(asked)) return { skip: 'the issuer is not public itself' }
      return offending(document, 'a public host', (url) => !isPrivate(url))
    },
  },
  {
    id: 'metadata-url-origin',
    title: 'the token endpoint belongs to the issuer’s domain',
    section: 'RFC 9700 4.9.1',
    level: 'POLICY',
    onFail: 'warn',
    why: 'The client secret goes to the token endpoint. A foreign domain there is legal and usual for some, and worth one look.',
    fix: 'Compare the token endpoint with the provider’s documentation.',
    test: ({ document, issuer }) => {
      const asked = parseUrl(issuer ?? textOf(document['issuer']))
      const token = parseUrl(textOf(document['token_endpoint']))
      if (!asked || !token) return { skip: 'no issuer to compare with' }
      const ok = domain(asked) === domain(token)
      return { ok, expected: domain(asked), actual: ok ? domain(token) : `your secret goes to ${token.hostname}` }
    },
  },
  {
    id: 'metadata-response-types',
    title: 'the server offers response_type code',
    section: RFC8414,
    level: 'MUST',
    onFail: 'warn',
    why: 'response_type=code is this flow. A server that does not list it may refuse the authorization request.',
    fix: 'Ask whether this server offers the Authorization Code Flow.',
    test: ({ document }) => listed(document, 'response_types_supported', 'code', 'the document does not say'),
  },
  {
    id: 'metadata-auth-methods',
    title: 'the server takes the client authentication method in use',
    section: RFC8414,
    level: 'MAY',
    onFail: 'warn',
    why: 'A method that the server does not list usually ends as invalid_client at the token endpoint.',
    fix: 'Choose a listed one with --auth-method.',
    test: ({ document, authMethod }) => {
      const supported = strings(document['token_endpoint_auth_methods_supported']) ?? ['client_secret_basic']
      const ok = supported.includes(registeredName(authMethod))
      return { ok, expected: authMethod, actual: ok ? authMethod : supported.join(' ') }
    },
  },
  {
    id: 'metadata-pkce',
    title: 'the server says that it supports the PKCE method in use',
    section: 'RFC 9700 2.1.1',
    level: 'MUST',
    onFail: 'warn',
    why: 'A server that ignores code_challenge answers as if it protected you. Where the metadata is silent, nobody can tell from outside.',
    fix: 'Read the provider’s documentation on PKCE; the state and the nonce protect this walk meanwhile.',
    test: ({ document, pkce }) =>
      pkce === 'none'
        ? { skip: 'PKCE was switched off' }
        : listed(document, 'code_challenge_methods_supported', pkce),
  },
  {
    id: 'metadata-iss-parameter',
    title: 'what is said about the iss parameter is true or false',
    section: 'RFC 9207 3',
    level: 'MUST',
    onFail: 'warn',
    why: 'Anything but a boolean is read as “not supported”, so a missing iss in the response will not be noticed.',
    fix: 'Ask whoever runs this server to publish a boolean.',
    test: ({ document }) => {
      const value = document['authorization_response_iss_parameter_supported']
      if (value === undefined) return { skip: 'the document does not say: iss is not expected' }
      return { ok: typeof value === 'boolean', expected: 'true or false', actual: show(value) }
    },
  },
]

function endpointCheck(id: string, member: 'authorization_endpoint' | 'token_endpoint' | 'jwks_uri', needed: (input: MetadataInput) => boolean): MetadataCheck {
  return {
    id,
    title: `${member} is an absolute URL`,
    section: RFC8414,
    level: 'MUST',
    onFail: 'malformed',
    why: `Without ${member} this flow has nowhere to go, and a relative URL has no place to start from.`,
    fix: 'Name the endpoint with its own flag, or correct the metadata.',
    test: (input) => {
      const value = input.document[member]
      if (value === undefined && !needed(input)) return { skip: 'not needed without an ID Token' }
      const ok = typeof value === 'string' && parseUrl(value) !== undefined
      return { ok, expected: 'an absolute URL', actual: ok ? 'an absolute URL' : show(value) }
    },
  }
}

interface UrlRule extends Pick<MetadataCheck, 'id' | 'title' | 'section' | 'onFail' | 'why' | 'fix'> {
  expected: string
  fits: (url: URL) => boolean
}

function urlCheck({ expected, fits, ...rule }: UrlRule): MetadataCheck {
  return { ...rule, level: 'MUST', test: ({ document }) => offending(document, expected, fits) }
}

/** The first endpoint that does not fit decides, and is shown with its member name. */
function offending(document: JsonObject, expected: string, fits: (url: URL) => boolean) {
  for (const member of ENDPOINTS) {
    const value = document[member]
    const url = typeof value === 'string' ? parseUrl(value) : undefined
    if (url && !fits(url)) return { ok: false, expected, actual: `${member} ${url.href}` }
  }
  return { ok: true, expected, actual: expected }
}

function listed(document: JsonObject, member: string, wanted: string, silent?: string) {
  const list = strings(document[member])
  if (!list) return silent ? { skip: silent } : { ok: false, expected: wanted, actual: 'the document does not say' }
  return { ok: list.includes(wanted), expected: wanted, actual: list.includes(wanted) ? wanted : list.join(' ') || 'an empty list' }
}

/** The last two labels: near enough for a warning, which no list of public suffixes is worth. */
function domain(url: URL): string {
  const { host } = hostAndPort(url)
  return isIP(host) ? host : host.split('.').slice(-2).join('.')
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
}
