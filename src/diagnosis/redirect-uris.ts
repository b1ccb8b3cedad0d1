import { parseUrl } from '../oauth/url.ts'

/** Where two redirect URIs part, which a server compares as texts. RFC 9700 2.1, RFC 3986 6.2.1. */
export interface Difference {
  /** Index of the first character that differs. */
  at: number
  part: 'scheme' | 'loopback host' | 'host' | 'port' | 'slash' | 'case' | 'encoding' | 'query' | 'path'
  says: string
}

/** Undefined where they are the same, character by character. */
export function compareRedirectUris(sent: string, registered: string): Difference | undefined {
  if (sent === registered) return undefined
  let at = 0
  while (at < sent.length && sent[at] === registered[at]) at += 1
  const part = partOf(sent, registered)
  return { at, part, says: SAYS[part] }
}

function partOf(sent: string, registered: string): Difference['part'] {
  if (sent.toLowerCase() === registered.toLowerCase()) return 'case'
  if (decoded(sent) === decoded(registered)) return 'encoding'
  const [one, other] = [parseUrl(sent), parseUrl(registered)]
  if (!one || !other) return 'path'
  if (one.protocol !== other.protocol) return 'scheme'
  if (one.hostname !== other.hostname) return LOOPBACK.has(one.hostname) && LOOPBACK.has(other.hostname) ? 'loopback host' : 'host'
  if (one.port !== other.port) return 'port'
  if (one.pathname.replace(/\/$/, '') === other.pathname.replace(/\/$/, '') && one.search === other.search) return 'slash'
  return one.pathname === other.pathname ? 'query' : 'path'
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

const SAYS: Readonly<Record<Difference['part'], string>> = {
  scheme: 'one is http, the other https',
  'loopback host': 'both are this machine, and to a server localhost and its addresses are different names',
  host: 'the hosts differ',
  port: 'the ports differ',
  slash: 'one ends with a slash',
  case: 'they differ in upper and lower case alone',
  encoding: 'they differ in how a character is percent-encoded',
  query: 'the queries differ',
  path: 'the paths differ',
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The ways in which a registered redirect URI usually differs from the one that was sent. */
export function variantsOf(redirectUri: string): string[] {
  const url = parseUrl(redirectUri)
  if (!url) return []
  const { hostname, port, pathname } = url
  const hosts = LOOPBACK.has(hostname) ? [...LOOPBACK].filter((host) => host !== hostname) : []
  const withHost = (host: string) => redirectUri.replace(hostname, host)
  const slash = pathname.endsWith('/') ? redirectUri.replace(/\/(?=$|\?)/, '') : redirectUri.replace(/(?=$|\?)/, '/')
  const portless = port === '' ? [] : [redirectUri, ...hosts.map(withHost)].map((one) => one.replace(`:${port}`, ''))
  const scheme = redirectUri.startsWith('http:') ? redirectUri.replace('http:', 'https:') : redirectUri.replace('https:', 'http:')
  return [...new Set([...hosts.map(withHost), slash, scheme, ...portless])].filter((one) => one !== redirectUri)
}
