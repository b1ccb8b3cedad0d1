import { createHash } from 'node:crypto'
import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { ObservedEvent, Parameter, StepNumber } from '../events.ts'
import { locationOf, routeOf } from './context.ts'
import { lieIn } from './lying.ts'

type Refusal = errors.OIDCProviderError | undefined

/** Tells what the authorization server did with each request, from what it really did: steps 2, 3 and 6. */
export function observing(provider: Provider, observe: (event: ObservedEvent) => void) {
  const refusals = new WeakMap<object, errors.OIDCProviderError>()
  provider.on('authorization.error', (ctx, error) => refusals.set(ctx, error))
  provider.on('grant.error', (ctx, error) => refusals.set(ctx, error))
  provider.on('server_error', (ctx, error) => observe(failed(ctx, error)))
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    try {
      await next()
      for (const event of whatHappened(ctx, refusals.get(ctx))) observe(event)
      const lie = lieIn(ctx)
      if (lie) observe(lie)
    } catch (error) {
      observe(failed(ctx, error))
      throw error
    }
  }
}

function whatHappened(ctx: KoaContextWithOIDC, refusal: Refusal): ObservedEvent[] {
  const route = routeOf(ctx)
  if (route === 'token') return refusal ? [refusedTokens(ctx, refusal)] : tokens(ctx)
  if (route !== 'authorization' && route !== 'resume') return []
  if (refusal) return [refusedCode(ctx, refusal)]
  if (ctx.oidc.entities.AuthorizationCode) return code(ctx)
  return prompt(ctx)
}

function failed({ path }: KoaContextWithOIDC, error: unknown): ObservedEvent {
  return seen(2, `The authorization server itself failed at ${path}: ${String(error)}.`)
}

/** Step 2: what the request made of the person has to do. */
function prompt(ctx: KoaContextWithOIDC): ObservedEvent[] {
  const asked = ctx.oidc.entities.Interaction?.prompt
  if (asked?.name === 'login') {
    return [
      seen(2, 'The client is known and the redirect_uri is registered for it: the login page goes to the browser.', [
        ...given(ctx.oidc.params),
        { name: 'asked because', value: because(asked.reasons) },
      ]),
    ]
  }
  if (asked?.name === 'consent') {
    return [
      seen(2, 'It is known who you are, and not yet what the client may have: the consent page goes to the browser.', [
        ...given({ scope: ctx.oidc.params?.['scope'] }),
        { name: 'asked because', value: because(asked.reasons) },
      ]),
    ]
  }
  return []
}

const reasonsToAsk: Readonly<Record<string, string>> = {
  no_session: 'this browser has no session here',
  login_prompt: 'the client sent prompt=login',
  max_age: 'the last login is older than max_age',
  consent_prompt: 'the client sent prompt=consent',
  op_scopes_missing: 'you have not granted this before',
}

function because(reasons: readonly string[]): string {
  return reasons.map((reason) => reasonsToAsk[reason] ?? reason).join('; ')
}

/** Step 3: the code, what it is bound to, and how it leaves. */
function code(ctx: KoaContextWithOIDC): ObservedEvent[] {
  const issued = ctx.oidc.entities.AuthorizationCode
  const bound = given({
    code: issued?.jti,
    client_id: issued?.clientId,
    redirect_uri: issued?.redirectUri,
    code_challenge: issued?.codeChallenge,
    code_challenge_method: issued?.codeChallengeMethod,
    nonce: issued?.nonce,
    scope: issued?.scope,
    'expires in': `${issued?.remainingTTL ?? 0} s`,
  })
  return [
    seen(3, 'A code is issued, and bound to what came with the request.', bound),
    seen(3, 'The browser is told to take it to the redirect_uri.', sentOn(ctx)),
  ]
}

/** An error at the authorization endpoint goes back to the client, or stays in the browser where that is not safe. */
function refusedCode(ctx: KoaContextWithOIDC, refusal: errors.OIDCProviderError): ObservedEvent {
  const reason = reasons(refusal)
  return locationOf(ctx)
    ? seen(3, 'No code: the browser is sent back to the client with an error.', [...reason, ...sentOn(ctx)])
    : seen(2, 'No code: the browser gets an error page, and is not sent back to the client.', reason)
}

/** Step 6: one judgement after the other, as the token endpoint makes them. */
function tokens(ctx: KoaContextWithOIDC): ObservedEvent[] {
  const { params = {}, client, entities } = ctx.oidc
  const step = tokenStep(ctx)
  const events = [
    seen(step, 'The client proved who it is.', given({ client_id: client?.clientId, by: authenticationMethod(ctx) })),
  ]
  const used = entities.AuthorizationCode
  if (used) {
    const bound = { code: used.jti, client_id: used.clientId, redirect_uri: used.redirectUri }
    events.push(
      seen(step, 'The code is known, not expired, not used, and was issued to this client for this redirect_uri.', [
        ...given(bound),
        { name: 'expires in', value: `${used.remainingTTL} s` },
      ]),
    )
    if (used.codeChallenge !== undefined) {
      const details = pkce(params, used.codeChallenge)
      events.push(seen(step, 'SHA-256 of the code_verifier is the code_challenge of step 1.', details))
    }
  }
  const issued = used ? 'The tokens are issued, and the code is spent.' : 'New tokens are issued.'
  return [...events, seen(step, issued, given(ctx.body))]
}

function refusedTokens(ctx: KoaContextWithOIDC, refusal: errors.OIDCProviderError): ObservedEvent {
  const { params = {} } = ctx.oidc
  const untold = refusal.error_detail === undefined ? '' : ', and the client is not told all of the reason'
  return seen(tokenStep(ctx), `The token request is refused${untold}.`, [
    ...reasons(refusal),
    ...given({ by: authenticationMethod(ctx), ...params }),
  ])
}

/** What the other side is told, and what it is not. */
function reasons({ error, error_description, error_detail }: errors.OIDCProviderError): Parameter[] {
  return given({ error, error_description, 'not told': error_detail })
}

function pkce(params: object, challenge: string): Parameter[] {
  const verifier = 'code_verifier' in params ? String(params.code_verifier) : ''
  const computed = createHash('sha256').update(verifier).digest('base64url')
  return given({ code_verifier: verifier, 'SHA-256 of it': computed, code_challenge: challenge })
}

/** A refresh happens when the tokens are used. */
function tokenStep(ctx: KoaContextWithOIDC): StepNumber {
  return ctx.oidc.params?.['grant_type'] === 'refresh_token' ? 7 : 6
}

function authenticationMethod(ctx: KoaContextWithOIDC): string {
  if (ctx.get('authorization') !== '') return 'client_secret_basic'
  return ctx.oidc.params?.['client_secret'] === undefined ? 'nothing' : 'client_secret_post'
}

function sentOn(ctx: KoaContextWithOIDC): Parameter[] {
  const status = { name: 'status', value: String(ctx.status) }
  const location = locationOf(ctx)
  if (!location) return [status]
  // Of a request for another flow, the answer comes in the fragment.
  const sent = [...location.searchParams, ...new URLSearchParams(location.hash.slice(1))]
  const parameters = sent.map(([name, value]) => ({ name, value }))
  return [status, { name: 'Location', value: location.origin + location.pathname }, ...parameters]
}

/** Members that have a value, as they would be read aloud. */
function given(members: unknown): Parameter[] {
  const present = Object.entries(members ?? {}).filter(([, value]) => value !== undefined && value !== null)
  return present.map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}

function seen(step: StepNumber, saw: string, details: Parameter[] = []): ObservedEvent {
  return { type: 'observed', by: 'authorization server', step, saw, details }
}
