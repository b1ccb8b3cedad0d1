import { randomBytes } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Json, StepNumber } from '../events.ts'
import { isJsonObject } from '../oauth/json.ts'
import { escapeHtml } from '../render/html.ts'
import { page, pageHeaders } from '../render/page.ts'
import { accounts, type PracticeAccount, scopes } from './accounts.ts'

export interface LoginPage {
  client: string
  /** What to put into the name field: `login_hint`, or what was typed before. */
  name: string
  /** Set when name and password did not belong together. */
  wrong?: true
}

export function showLogin(ctx: KoaContextWithOIDC, { client, name, wrong }: LoginPage, formAction: string) {
  const focus = { name: name === '' ? ' autofocus' : '', password: name === '' ? '' : ' autofocus' }
  const users = accounts.map((user) => `<li><code>${user.name}</code> <code>${user.password}</code></li>`)
  show(ctx, 2, 'Log in', formAction, `
<p class="lede">The client <strong>${escapeHtml(client)}</strong> sent your browser here to learn who you are.</p>
${wrong ? '<p class="alert" role="alert">This name and this password do not belong together.</p>' : ''}
<form method="post">
<label>Name <input name="username" value="${escapeHtml(name)}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required${focus.name}></label>
<label>Password <input name="password" type="password" autocomplete="current-password"
 required${focus.password}></label>
<p class="actions"><button name="answer" value="yes">Log in</button>
<button name="answer" value="no" class="quiet" formnovalidate>Refuse</button></p>
</form>
<aside><h2>Who lives here</h2>
<ul class="users">${users.join('')}</ul></aside>
<p class="note">The client cannot see this page, and never learns your password. Look at the address bar:
<code>${escapeHtml(ctx.host)}</code> is the authorization server.</p>`)
}

export interface ConsentPage {
  client: string
  account: PracticeAccount
  asked: readonly string[]
  redirectUri: string
}

export function showConsent(ctx: KoaContextWithOIDC, consent: ConsentPage, formAction: string) {
  const { client, account, asked, redirectUri } = consent
  const known = Object.entries(scopes).filter(([scope]) => asked.includes(scope))
  const items = known.map(([scope, { gives, claims }]) => {
    const values = claims.flatMap((claim) => readable(claim === 'sub' ? account.id : account.claims[claim]))
    const shown = values.length > 0 ? `<span class="values">${escapeHtml(values.join(' · '))}</span>` : ''
    return `<dt><code>${scope}</code></dt><dd>${gives}${shown}</dd>`
  })
  show(ctx, 2, `May ${client} have this?`, formAction, `
<p class="lede">You are logged in as <strong>${escapeHtml(account.name)}</strong>.
The client <strong>${escapeHtml(client)}</strong> asks for:</p>
<dl class="scopes">${items.join('')}</dl>
<form method="post">
<p class="actions"><button name="answer" value="yes" autofocus>Allow</button>
<button name="answer" value="no" class="quiet">Refuse</button></p>
</form>
<p class="note">If you allow it, your browser takes a code to <code>${escapeHtml(redirectUri)}</code>
(steps 3 and 4). The tokens themselves never pass through the browser.</p>`)
}

/** The claims that mean something to a person: no flags. */
function readable(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  return isJsonObject(value) ? Object.values(value).flatMap(readable) : []
}

/** What the library calls when it can't, or must not, send the browser back to the client. RFC 6749 4.1.2.1. */
export function showError(ctx: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }) {
  const step = ctx.path.startsWith('/logout') ? 7 : 2
  show(ctx, step, 'This request can’t go on', "'none'", `
<p class="lede">The authorization server refused it with <code>${escapeHtml(out.error)}</code>.</p>
<p class="alert">${escapeHtml(out.error_description ?? 'It says no more than that.')}</p>
<p class="note">You stay on this page, and the client is told nothing: a server that sent browsers on to an address
it does not trust would be a danger to everybody. Go back to the terminal.</p>`)
}

/** An old tab, or a page that was open for more than an hour. */
export function showExpired(ctx: KoaContextWithOIDC) {
  ctx.status = 400
  show(ctx, 2, 'This page is over', "'none'", `
<p class="lede">The authorization request that it belonged to was answered already, or is too old.</p>
<p class="note">Go back to the terminal and walk again from there.</p>`)
}

/** @param form the library's form, which carries its token against forged requests and no button */
export function showLogout(ctx: KoaContextWithOIDC, form: string) {
  const actions = `<p class="actions"><button name="logout" value="yes" autofocus>Log out</button>
<button class="quiet">Stay logged in</button></p>`
  show(ctx, 7, 'Log out here?', "'self'", `
<p class="lede">The client asks this server to end your session.</p>
${form.replace('</form>', `${actions}</form>`)}
<p class="note">This ends the session at the authorization server. The client’s own session, and tokens that are
already out, are two other things.</p>`)
}

export function showLoggedOut(ctx: KoaContextWithOIDC) {
  show(ctx, 7, 'Logged out', "'none'", `
<p class="lede">Your session at the authorization server has ended. The next authorization request asks for your
password again.</p>`)
}

/** @param form the library's form, whose fields the browser is to carry on */
export function showCarried(ctx: KoaContextWithOIDC, form: string, formAction: string) {
  const { step, title, says } = ctx.path.startsWith('/logout') ? CARRIED.logout : CARRIED.response
  const nonce = randomBytes(16).toString('base64url')
  const filled = form.replace('</form>', '<p class="actions"><button autofocus>Continue</button></p></form>')
  show(ctx, step, title, formAction, `
<p class="lede">${says}</p>
${filled}
<p class="note">The page sends its form by itself where the browser lets it. Where nothing happens, the button does it.</p>
<script nonce="${nonce}">document.forms[0].submit()</script>`)
  ctx.set('content-security-policy', `${ctx.response.get('content-security-policy')}; script-src 'nonce-${nonce}'`)
}

const CARRIED = {
  logout: { step: 7, title: 'Logging out', says: 'No session of yours is left at this server. It tidies up.' },
  response: {
    step: 3,
    title: 'Back to the client',
    says: `The answer lies in a form, as <code>response_mode=form_post</code> asked. Your browser carries it to the client, and
nothing of it stands in the address bar.`,
  },
} as const

/** An address that means nothing here. A person may open the issuer, to see what is there. */
export function showNothing(ctx: KoaContextWithOIDC) {
  show(ctx, 0, 'Nothing to see at this address', "'none'", `
<p class="lede">Here is an authorization server for practice. A browser comes to it when a client sends it, with an
authorization request.</p>
<p class="note">What it says about itself is at <a href="/.well-known/openid-configuration">its metadata</a>. To begin, go
to the terminal.</p>`)
  ctx.status = 404
}

function show(ctx: KoaContextWithOIDC, step: StepNumber, title: string, formAction: string, body: string) {
  const nonce = randomBytes(16).toString('base64url')
  ctx.set(pageHeaders(nonce, formAction))
  ctx.body = page({ title, step, speaker: 'authorization server', body, nonce })
}
