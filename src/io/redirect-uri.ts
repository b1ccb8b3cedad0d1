import { UsageError } from '../errors.ts'
import { isSecure, parseUrl } from '../oauth/url.ts'

/** What a `redirect_uri` says about the listener. Everything is derived from this one value. */
export interface RedirectionEndpoint {
  /** Exactly as it was given. */
  redirectUri: string
  /** Addresses to bind: both loopback families where the host is `localhost`. */
  addresses: readonly string[]
  port: number
  /** The listener speaks TLS. */
  secure: boolean
  /** The one `Host` that a request for it carries. */
  authority: string
  /** Another one, where something in between brings the request here. */
  alsoAuthority?: string
  /** As a browser sends it. */
  path: string
}

/**
 * Takes a `redirect_uri` apart (RFC 8252 7.3).
 * @param listenAt where a tunnel brings the requests for it, if it is not itself the place to listen
 * @throws UsageError when nothing on this machine could receive what is sent there
 */
export function readRedirectUri(redirectUri: string, listenAt = redirectUri): RedirectionEndpoint {
  const { host: authority, pathname: path } = usableUrl(redirectUri)
  const { protocol, hostname, port, host } = usableUrl(listenAt)
  const addresses = LOOPBACK[hostname]
  if (!addresses) throw refusal(listenAt, `${hostname} is not this machine`)
  const secure = protocol === 'https:'
  return { redirectUri, addresses, port: Number(port || (secure ? 443 : 80)), secure, authority, path, ...(host === authority ? {} : { alsoAuthority: host }) }
}

/**
 * A URI that a code may be sent to: https, or http to this machine.
 * @throws UsageError
 */
export function usableUrl(redirectUri: string): URL {
  const url = parseUrl(redirectUri)
  if (!url) throw refusal(redirectUri, 'it is not a URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusal(redirectUri, `it begins with ${url.protocol}, not with http: or https:`)
  if (!isSecure(url)) throw refusal(redirectUri, `${url.hostname} is not this machine, and http would carry the code in the open`)
  if (url.port === '0') throw refusal(redirectUri, 'port 0 names no port')
  if (url.username || url.password) throw refusal(redirectUri, 'it carries a user name')
  if (redirectUri.includes('#')) throw refusal(redirectUri, 'it has a fragment')
  return url
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
      'Where the server accepts only the name, take http://localhost:8765/callback; where only https, https://localhost:8765/callback.',
      'Where a tunnel brings another host’s requests here, name where it brings them: --listen http://127.0.0.1:8765',
    ],
    read: ['RFC 8252 7.3', 'RFC 6749 3.1.2'],
  })
}
