import type { ObservedEvent, Parameter, StepNumber } from '../events.ts'
import { parseUrl } from '../oauth/url.ts'
import { firstForm, heading } from '../oauth/html-form.ts'

/** What the browser does next: follow a link, follow a redirect, send a form. */
export interface Visit {
  url: string
  method: 'GET' | 'POST'
  form: Parameter[]
}

export interface Page {
  status: number
  location?: string
  setCookie: string[]
  html: string
}

export interface Hop {
  visit: Visit
  page: Page
  cookies: string[]
  delivered: boolean
  redirectUri: string
  next?: Visit
}

/** What a browser does between two pages and shows to nobody. */
export function observedHop({ visit, page, cookies, delivered, redirectUri, next }: Hop): ObservedEvent {
  const goesBack = !delivered && page.location !== undefined && next !== undefined && leadsTo(next.url, redirectUri)
  const step: StepNumber = delivered ? 4 : goesBack ? 3 : 2
  const details = [
    { name: visit.method, value: bare(visit.url) },
    ...(delivered ? query(visit.url) : []),
    ...visit.form,
    { name: 'status', value: String(page.status) },
    ...(page.location === undefined || !next ? [] : [{ name: 'Location', value: bare(next.url) }]),
    ...(goesBack ? query(next.url) : []),
    ...(cookies.length === 0 ? [] : [{ name: 'cookies set', value: cookies.join(', ') }]),
  ]
  return { type: 'observed', by: 'browser', step, saw: says(page, delivered, goesBack, next), details }
}

function says({ html, location, status }: Page, delivered: boolean, goesBack: boolean, next?: Visit): string {
  if (goesBack) return 'Sent back to the client: the answer is in the URL, and everybody who reads it here has it.'
  if (location !== undefined && next) {
    return `${delivered ? 'Delivered to the client, and sent' : 'Sent'} on to ${shortPath(next.url)}.`
  }
  const title = heading(html) ?? `status ${status}`
  if (delivered) return `The client shows “${title}”.`
  if (!next) return `Shown “${title}”, and no way on.`
  return `Shown “${title}”: fills the form and presses “${firstForm(html)?.button.label ?? ''}”.`
}

/** Identifiers are in the details, and would only be in the way of reading here. */
function shortPath(url: string): string {
  return new URL(url).pathname.replace(/[\w-]{20,}/g, '…')
}

export function leadsTo(url: string, redirectUri: string): boolean {
  return redirectUri !== '' && bare(url) === bare(redirectUri)
}

function bare(url: string): string {
  const parsed = parseUrl(url)
  return parsed ? parsed.origin + parsed.pathname : url
}

function query(url: string): Parameter[] {
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }))
}
