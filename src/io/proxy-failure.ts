import { NetworkError } from '../errors.ts'
import type { Request } from '../outside.ts'
import { codeOf } from './error-code.ts'
import { placeOf } from './failure.ts'
import { ProxyRefused, proxyName } from './proxy.ts'

/** What stopped a request before its server, which knows nothing of it. Told apart from what the server does. */
export function explainProxy(error: unknown, { url }: Request, { proxy, late }: { proxy: URL; late?: number }): NetworkError {
  const name = proxyName(proxy)
  const { happened, remedy } = words(error, late)
  return new NetworkError({
    happened: `The proxy ${name} ${happened}`,
    means: `HTTPS_PROXY in the environment names it, and it did not open the way to ${placeOf(url)}. Nothing has reached that server.`,
    tries: [remedy, `NO_PROXY=${new URL(url).hostname}, where it can be reached directly`],
    read: ['RFC 9110 9.3.6'],
    check: 'proxy',
  }, { cause: error })
}

function words(error: unknown, late: number | undefined): { happened: string; remedy: string } {
  if (late !== undefined) return { happened: `gave no answer within ${late} s`, remedy: 'Look whether another program, such as a browser, gets out through it.' }
  if (!(error instanceof ProxyRefused)) return { happened: `can’t be reached (${codeOf(error) || 'no reason given'})`, remedy: 'Look whether host and port in HTTPS_PROXY are right.' }
  if (error.status === 407) return { happened: 'wants to know who is asking (407)', remedy: 'HTTPS_PROXY=http://user:password@host:port; it is never shown here.' }
  return { happened: `refused (${error.status})`, remedy: 'Ask whoever runs the proxy to let this host through.' }
}
