import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { accounts } from './accounts.ts'

export const RESOURCE_PATH = '/notes'

/** Either of the two opens the notes: `openid`, so that a walk with its usual scope can read them, or their own. */
const OPENING_SCOPES = ['openid', 'notes']

/** The protected resource: challenges as RFC 6750 3 says, and takes the token from the Authorization header alone. */
export function protectedResource(provider: Provider) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    if (ctx.path !== RESOURCE_PATH) return next()
    ctx.set('cache-control', 'no-store')
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      ctx.set('allow', 'GET, HEAD')
      return refuse(ctx, 405)
    }
    const value = /^Bearer +([\w.~+/=-]+)$/i.exec(ctx.get('authorization'))?.[1]
    // Who brought nothing is told how to ask, and is told of no error.
    if (value === undefined) return challenge(ctx, 401, {})
    const token = await provider.AccessToken.find(value)
    const owner = accounts.find(({ id }) => id === token?.accountId)
    if (!token || !owner) return challenge(ctx, 401, { error: 'invalid_token' })
    if (!OPENING_SCOPES.some((scope) => token.scopes.has(scope))) {
      return challenge(ctx, 403, { error: 'insufficient_scope', scope: 'notes' })
    }
    ctx.body = { owner: owner.claims['name'], notes: owner.notes }
  }
}

function challenge(ctx: KoaContextWithOIDC, status: 401 | 403, attributes: Record<string, string>) {
  const list = Object.entries({ realm: 'notes', ...attributes }).map(([name, value]) => `${name}="${value}"`)
  ctx.set('www-authenticate', `Bearer ${list.join(', ')}`)
  refuse(ctx, status)
}

function refuse(ctx: KoaContextWithOIDC, status: number) {
  ctx.body = null
  ctx.status = status
}
