import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ObservedEvent, StepNumber } from '../../src/events.ts'
import { playBrowser } from '../../src/practice/browser.ts'
import { cookieJar } from '../../src/practice/cookies.ts'
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

/** A browser without a person: keeps cookies, and follows redirects as long as they stay at the authorization server. */
export function visitor() {
  const jar = cookieJar()
  const go = async (url: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const target = new URL(url)
    const headers = { cookie: jar.header(target), accept: 'text/html' }
    const sent = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const response = await fetch(target, { ...sent, headers, redirect: 'manual' })
    jar.store(target, response.headers.getSetCookie())
    const next = response.headers.get('location')
    return next !== null && new URL(next, url).origin === target.origin ? go(new URL(next, url).href) : response
  }
  return go
}

/** The members of a token response that are text. */
export async function tokensOf(response: Response): Promise<Record<'access_token' | 'id_token' | 'refresh_token', string>> {
  const members: unknown = JSON.parse(await response.text())
  const member = (name: string) => String(new Map(Object.entries(members ?? {})).get(name) ?? '')
  return { access_token: member('access_token'), id_token: member('id_token'), refresh_token: member('refresh_token') }
}
