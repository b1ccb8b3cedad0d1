import { UsageError } from '../errors.ts'
import { parseUrl } from '../oauth/url.ts'

/** What a `redirect_uri` says about the listener. Everything is derived from this one value. */
export interface RedirectionEndpoint {
  /** Exactly as it was given. */
  redirectUri: string
  /** Addresses to bind: both loopback families where the host is `localhost`. */
  addresses: readonly string[]
  port: number
  /** The one `Host` that a request for it carries. */
  authority: string
  /** As a browser sends it. */
  path: string
}

/**
 * Takes a loopback `redirect_uri` apart (RFC 8252 7.3).
 * @throws UsageError when nothing on this machine could receive what is sent there
 */
export function readRedirectUri(redirectUri: string): RedirectionEndpoint {
  const url = parseUrl(redirectUri)
  if (!url) throw refusal(redirectUri, 'it is not a URL')
  if (url.protocol !== 'http:') throw refusal(redirectUri, `it begins with ${url.protocol}, not with http:`)
  const addresses = LOOPBACK[url.hostname]
  if (!addresses) throw refusal(redirectUri, `${url.hostname} is not this machine`)
  if (url.port === '0') throw refusal(redirectUri, 'port 0 names no port')
  if (url.username || url.password) throw refusal(redirectUri, 'it carries a user name')
  if (redirectUri.includes('#')) throw refusal(redirectUri, 'it has a fragment')
  return { redirectUri, addresses, port: Number(url.port || 80), authority: url.host, path: url.pathname }
}

const LOOPBACK: Readonly<Record<string, readonly string[]>> = {
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
  localhost: ['127.0.0.1', '::1'],
}

function refusal(redirectUri: string, why: string): UsageError {
  return new UsageError({
    happened: `The redirect URI ${redirectUri} can't be used: ${why}`,
    means: 'The authorization response has to reach this program, and it listens on the loopback interface alone.',
    tries: [
      'Give --redirect-uri an address such as http://127.0.0.1:8765/callback, and register exactly that.',
      'Where the server accepts only the name, take http://localhost:8765/callback.',
    ],
    read: ['RFC 8252 7.3', 'RFC 6749 3.1.2'],
  })
}
