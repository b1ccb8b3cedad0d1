import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ObservedEvent, StepNumber } from '../../src/events.ts'
import { playBrowser } from '../../src/practice/browser.ts'
import { type Practice, startPractice } from '../../src/practice/provider.ts'

/** The authorization request without what is different each time. */
const request = { response_type: 'code', scope: 'openid profile email', code_challenge_method: 'S256' }

export const state = 'state-of-this-walk'
export const nonce = 'nonce-of-this-walk'

/** A walk by hand: the practice provider, and a redirection endpoint that takes everything. */
export interface Walkthrough extends AsyncDisposable {
  practice: Practice
  redirectUri: string
  observed: ObservedEvent[]
  /** The authorization responses, in their order. */
  arrived: URLSearchParams[]
  url(parameters?: Readonly<Record<string, string>>): string
  /** The built-in browser goes to the URL, as alice where nobody else is named. */
  browse(url: string, user?: { name: string; password: string }): Promise<void>
  /** The token request, whose parameters can be replaced. */
  redeem(parameters?: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Response>
  /** What the authorization server said that it did in a step. */
  saw(step: StepNumber): ObservedEvent[]
}

export async function walkthrough(lie?: string): Promise<Walkthrough> {
  const arrived: URLSearchParams[] = []
  const listener = createServer((incoming, outgoing) => {
    arrived.push(new URL(incoming.url ?? '', 'http://listener').searchParams)
    outgoing.end('<h1>Received</h1>')
  })
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const redirectUri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`
  const observed: ObservedEvent[] = []
  const observe = (event: ObservedEvent) => void observed.push(event)
  const practice = await startPractice({ redirectUri, observe, ...(lie !== undefined && { lie }) })
  const { issuer, client } = practice
  const verifier = randomBytes(32).toString('base64url')
  const code_challenge = createHash('sha256').update(verifier).digest('base64url')
  const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
  return {
    practice,
    redirectUri,
    observed,
    arrived,
    url: (parameters = {}) => {
      const own = { client_id: client.id, redirect_uri: redirectUri, state, nonce, code_challenge }
      return `${issuer}/authorize?${new URLSearchParams({ ...request, ...own, ...parameters }).toString()}`
    },
    browse: (url, user = { name: 'alice', password: 'wonderland' }) =>
      playBrowser({ url, user, observe, signal: AbortSignal.timeout(20_000) }),
    redeem: (parameters = {}, headers = { authorization: `Basic ${basic}` }) => {
      const code = arrived.at(-1)?.get('code') ?? ''
      const own = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
      const body = new URLSearchParams({ ...own, ...parameters })
      return fetch(`${issuer}/token`, { method: 'POST', headers, body })
    },
    saw: step => observed.filter(event => event.by === 'authorization server' && event.step === step),
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections()
      listener.close()
      await practice[Symbol.asyncDispose]()
    },
  }
}

/** The details of an observation, by their names. */
export function detailsOf(event: ObservedEvent | undefined): Record<string, string> {
  return Object.fromEntries((event?.details ?? []).map(({ name, value }) => [name, value]))
}

/** A page that is read by hand, with the cookies of one visit. */
export async function openLogin(url: string): Promise<{ html: string; headers: Headers; send(form: Record<string, string>): Promise<Response> }> {
  const sent = await fetch(url, { redirect: 'manual' })
  const page = new URL(sent.headers.get('location') ?? '', url)
  const cookie = sent.headers.getSetCookie().map(line => line.split(';')[0]).join('; ')
  const shown = await fetch(page, { headers: { cookie } })
  return {
    html: await shown.text(),
    headers: shown.headers,
    send: form => fetch(page, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form), redirect: 'manual' }),
  }
}
