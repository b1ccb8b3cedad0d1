import type { InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { ObservedEvent, Parameter } from '../events.ts'
import { accounts, PASSWORD_ACR } from './accounts.ts'
import type { PracticeClient } from './configuration.ts'
import { readForm } from './form.ts'
import { showConsent, showExpired, showLogin } from './pages.ts'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

export interface InteractionOptions {
  provider: Provider
  client: PracticeClient
  observe: (event: ObservedEvent) => void
  /** Whether an error means that the page belongs to no request any more. */
  isOver: (error: unknown) => boolean
}

/** Step 2: the login and the consent page, and what becomes of their forms. */
export function interactions(options: InteractionOptions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    if (!ctx.path.startsWith('/interaction/')) return next()
    try {
      const interaction = await options.provider.interactionDetails(ctx.req, ctx.res)
      if (ctx.path !== `/interaction/${interaction.uid}`) return showExpired(ctx)
      if (ctx.method !== 'POST') return present(ctx, interaction, options)
      await decide(ctx, interaction, await readForm(ctx.req), options)
    } catch (error) {
      if (!options.isOver(error)) throw error
      showExpired(ctx)
    }
  }
}

function present(ctx: KoaContextWithOIDC, interaction: Interaction, { client }: InteractionOptions) {
  const { params, prompt } = interaction
  const account = accounts.find(({ id }) => id === interaction.session?.accountId)
  if (prompt.name === 'login' || !account) {
    return showLogin(ctx, { client: client.id, name: text(params['login_hint']) }, formAction(client))
  }
  const asked = text(params['scope']).split(' ')
  showConsent(ctx, { client: client.id, account, asked, redirectUri: client.redirectUri }, formAction(client))
}

async function decide(
  ctx: KoaContextWithOIDC,
  interaction: Interaction,
  form: URLSearchParams,
  options: InteractionOptions,
) {
  const { client } = options
  const observe = (saw: string, details: Parameter[] = []) =>
    options.observe({ type: 'observed', by: 'authorization server', step: 2, saw, details })
  if (form.get('answer') === 'no') {
    observe('You refused, so there will be no code.')
    return finish(ctx, options, { error: 'access_denied', error_description: 'The End-User refused.' })
  }
  if (interaction.prompt.name === 'consent') {
    const scope = text(interaction.params['scope'])
    observe('You allowed it, and this server will remember the grant.', [{ name: 'scope', value: scope }])
    return finish(ctx, options, { consent: { grantId: await grant(interaction, options) } })
  }
  const [username, password] = [form.get('username') ?? '', form.get('password') ?? '']
  const account = accounts.find((user) => user.name === username && user.password === password)
  const typed = [{ name: 'username', value: username }, { name: 'password', value: password }]
  if (!account) {
    observe('Name and password do not belong together: the login page is shown again.', typed)
    return showLogin(ctx, { client: client.id, name: username, wrong: true }, formAction(client))
  }
  observe('The password is right: this browser has a session here from now on.', typed)
  await finish(ctx, options, { login: { accountId: account.id, acr: PASSWORD_ACR, amr: ['pwd'], remember: false } })
}

/** Everything that was asked for is granted: the page offers no choice between the scopes. */
async function grant({ grantId, session, params }: Interaction, { provider, client }: InteractionOptions) {
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  const granted = existing ?? new provider.Grant({ clientId: client.id, accountId: session?.accountId })
  granted.addOIDCScope(text(params['scope']))
  return granted.save()
}

async function finish(ctx: KoaContextWithOIDC, { provider }: InteractionOptions, result: InteractionResults) {
  const returnTo = await provider.interactionResult(ctx.req, ctx.res, result)
  ctx.status = 303
  ctx.redirect(returnTo)
}

/**
 * A browser applies `form-action` to every redirect after the form was sent, and these lead to the client.
 * The grammar of the header has no IPv6 address, so the scheme has to do there.
 */
export function formAction({ redirectUri }: PracticeClient): string {
  const { origin, hostname, protocol } = new URL(redirectUri)
  return `'self' ${hostname.startsWith('[') ? protocol : origin}`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
