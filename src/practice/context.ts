import type { KoaContextWithOIDC } from 'oidc-provider'
import { parseUrl } from '../oauth/url.ts'

/** The library's name of the endpoint; undefined where the request was for none of its own. */
export function routeOf(ctx: KoaContextWithOIDC): string | undefined {
  return 'oidc' in ctx ? ctx.oidc.route : undefined
}

/** Where the response sends the browser. */
export function locationOf(ctx: KoaContextWithOIDC): URL | undefined {
  return parseUrl(String(ctx.response.headers['location'] ?? ''))
}
