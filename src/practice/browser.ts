import { Agent } from 'undici'
import { AuthorizationServerError, Malformed, NetworkError, UsageError } from '../errors.ts'
import type { ObservedEvent, Parameter } from '../events.ts'
import { isLoopback, parseUrl } from '../oauth/url.ts'
import { cookieJar } from './cookies.ts'
import { leadsTo, observedHop, type Page, type Visit } from './hops.ts'
import { firstForm, heading, type HtmlForm } from '../oauth/html-form.ts'

export interface BrowserOptions {
  /** The authorization request. */
  url: string
  user: { name: string; password: string }
  observe: (event: ObservedEvent) => void
  signal: AbortSignal
}

const MOST_HOPS = 20
const MOST_BYTES = 1024 * 1024
const PATIENCE = 10_000

/**
 * Plays the person and the browser on this machine: follows redirects, keeps cookies, fills the first form and presses
 * its first button, until the authorization response has been delivered. Every hop is observed.
 * @throws UsageError when it is led away from this machine
 * @throws AuthorizationServerError when the server shows a page that leads nowhere
 * @throws NetworkError when nothing answers
 * @throws Malformed when there is no end to it
 */
export async function playBrowser({ url, user, observe, signal }: BrowserOptions): Promise<void> {
  const agent = new Agent({ maxResponseSize: MOST_BYTES, headersTimeout: PATIENCE, bodyTimeout: PATIENCE })
  const jar = cookieJar()
  const redirectUri = parseUrl(url)?.searchParams.get('redirect_uri') ?? ''
  let visit: Visit = { url, method: 'GET', form: [] }
  let delivered = false
  try {
    for (let hops = 0; hops < MOST_HOPS; hops++) {
      const target = onThisMachine(visit.url)
      const page = await open(visit, jar.header(target), agent, signal).catch((error: unknown) => {
        signal.throwIfAborted()
        if (!delivered) throw unreachable(target, error)
      })
      // The client has its answer, and may be gone before it has shown its page.
      if (!page) return
      const cookies = jar.store(target, page.setCookie)
      delivered ||= leadsTo(visit.url, redirectUri)
      const next = follow(page, visit) ?? (delivered ? undefined : submit(page, target, user))
      observe(observedHop({ visit, page, cookies, delivered, redirectUri, ...(next && { next }) }))
      if (!next && !delivered) throw deadEnd(page)
      if (!next) return
      visit = next
    }
  } finally {
    await agent.destroy()
  }
  throw endless()
}

async function open({ url, method, form }: Visit, cookie: string, agent: Agent, signal: AbortSignal): Promise<Page> {
  const { origin, pathname, search } = new URL(url)
  const { statusCode, headers, body } = await agent.request({
    origin,
    path: pathname + search,
    method,
    signal,
    headers: {
      accept: 'text/html',
      ...(cookie && { cookie }),
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(method === 'POST' && { body: encode(form) }),
  })
  const location = [headers.location].flat()[0]
  return {
    status: statusCode,
    ...(location !== undefined && { location }),
    setCookie: [headers['set-cookie'] ?? []].flat(),
    html: await body.text(),
  }
}

/** 307 and 308 repeat the request as it was, and everything else becomes a GET. RFC 9110 15.4. */
function follow({ status, location }: Page, visit: Visit): Visit | undefined {
  if (location === undefined || status < 300 || status > 399) return undefined
  const url = new URL(location, visit.url).href
  return status === 307 || status === 308 ? { ...visit, url } : { url, method: 'GET', form: [] }
}

function submit({ html }: Page, base: URL, user: BrowserOptions['user']): Visit | undefined {
  const form = firstForm(html)
  if (!form) return undefined
  const filled = fill(form, user)
  const target = new URL(form.action, base)
  if (form.method === 'POST') return { url: target.href, method: 'POST', form: filled }
  target.search = encode(filled)
  return { url: target.href, method: 'GET', form: [] }
}

/** The person types into what can be typed into, and presses the first button. */
function fill({ fields, button }: HtmlForm, user: BrowserOptions['user']): Parameter[] {
  const typed = fields.map(({ name, value, type }) => {
    if (type === 'password') return { name, value: user.password }
    return { name, value: type === 'text' ? user.name : value }
  })
  return [...typed, { name: button.name, value: button.value }].filter(({ name }) => name !== '')
}

function encode(form: readonly Parameter[]): string {
  const body = new URLSearchParams()
  for (const { name, value } of form) body.append(name, value)
  return body.toString()
}

function onThisMachine(url: string): URL {
  const target = parseUrl(url)
  if (target && isLoopback(target) && target.protocol === 'http:') return target
  throw new UsageError({
    happened: `the built-in browser does not go to ${target ? target.origin : url}`,
    means: 'It plays a person with a password that everybody knows, so it stays on this machine.',
    tries: ['Walk with a browser of your own: --browser system, or --browser none and open the URL yourself.'],
    read: ['authwalk --help'],
  })
}

function unreachable({ host }: URL, cause: unknown): NetworkError {
  const explanation = {
    happened: `the built-in browser got no answer from ${host}`,
    means: 'Nothing listens there, or it stopped listening.',
    tries: ['Look whether the practice provider still runs.'],
    read: ['authwalk practice --help'],
  }
  return new NetworkError(explanation, { cause })
}

function deadEnd({ html, status }: Page): AuthorizationServerError {
  return new AuthorizationServerError({
    happened: `the browser ended on “${heading(html) ?? 'a page without a heading'}” (${status})`,
    means: 'The authorization server shows this page to the person and sends nobody back to the client.',
    tries: ['Compare client_id and redirect_uri with what is registered: without them no server may redirect.'],
    read: ['RFC 6749 4.1.2.1'],
  })
}

function endless(): Malformed {
  return new Malformed({
    happened: `the browser gave up after ${MOST_HOPS} hops`,
    means: 'The authorization server sends it in a circle, or does not take the name and the password.',
    tries: ['Log in with a browser of your own and look where it turns: --browser system.'],
    read: ['RFC 6749 4.1'],
  })
}
