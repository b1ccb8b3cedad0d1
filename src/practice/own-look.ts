import type { KoaContextWithOIDC } from 'oidc-provider'
import type { PracticeClient } from './configuration.ts'
import { formAction } from './interactions.ts'
import { showCarried, showNothing } from './pages.ts'

/** What the library writes where it offers no page to replace: a form that submits itself, and an empty 404. */
export function ownLook(client: PracticeClient) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next()
    const { body, status } = ctx
    if (status === 404 && !body && ctx.get('accept').includes('text/html')) showNothing(ctx)
    const [form] = typeof body === 'string' && body.includes(SELF_SUBMITTING) ? /<form[^]*?<\/form>/.exec(body) ?? [] : []
    if (form === undefined) return
    showCarried(ctx, form.replace(/<noscript>[^]*?<\/noscript>/, ''), formAction(client))
    ctx.status = status
  }
}

const SELF_SUBMITTING = '<title>Submitting Callback</title>'
