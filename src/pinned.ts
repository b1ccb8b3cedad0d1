import { CheckFailed } from './errors.ts'
import { ENDPOINTS, type ServerMetadata } from './oauth/metadata.ts'
import type { Outside } from './outside.ts'

/**
 * The one door for requests once the metadata is confirmed: `client_secret`, code, `code_verifier` and tokens go to the
 * origins of its endpoints, and of the resource that the person named. Whoever wraps the outside further in, to edit a
 * message or to attack the flow, goes through this door too.
 */
export function pinned(outside: Outside, metadata: ServerMetadata, resource: string | undefined): Outside {
  const confirmed = [resource, ...ENDPOINTS.map((name) => metadata[name])]
  const origins = new Set(confirmed.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])))
  const requireConfirmed = (url: string) => {
    const { origin } = new URL(url)
    if (!origins.has(origin)) throw strayed(origin)
  }
  return {
    ...outside,
    approach(url) {
      requireConfirmed(url)
      outside.approach(url)
    },
    async send(request) {
      requireConfirmed(request.url)
      return await outside.send(request)
    },
  }
}

function strayed(origin: string): CheckFailed {
  return new CheckFailed({
    happened: `request-origin: ${origin} is no place that the metadata or the command line names`,
    means: 'A request there could carry a secret or a token to somebody who must not have it. It was not sent.',
    tries: ['Report it: no provider should be able to bring this about.'],
    read: ['RFC 9700 4.4', 'RFC 6749 10.3'],
    check: 'request-origin',
  })
}
