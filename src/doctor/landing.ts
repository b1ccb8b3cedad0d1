import { createHash } from 'node:crypto'
import type { Edits, Parameter } from '../events.ts'
import { headerOf } from '../exchange.ts'
import { firstForm, unescape } from '../oauth/html-form.ts'
import { parseUrl } from '../oauth/url.ts'
import { type Context, Unmet } from './probe.ts'

/** Where an authorize request ended that was not followed. */
export type Landing =
  /** The browser would have gone back to the client: client_id and redirect_uri are known. */
  | { kind: 'back'; mode: 'query' | 'fragment' | 'form_post'; parameters: Parameter[] }
  | { kind: 'elsewhere'; url: string; text: string }
  | { kind: 'page'; status: number; text: string }

export interface Landings {
  ours: Landing
  /** The controls: another client, and another redirect_uri. */
  otherClient: Landing
  otherUri: Landing
}

/** Where nobody listens and nothing is registered. RFC 2606 2. */
const NOWHERE = 'https://nowhere.invalid/not-registered'
const LONGEST = 4000

export async function landAll(context: Context): Promise<Landings> {
  const stranger = `not-a-client-${context.outside.random(9)}`
  const [ours, otherClient, otherUri] = await Promise.all([land(context), land(context, { client_id: stranger }), land(context, { redirect_uri: NOWHERE })])
  return { ours, otherClient, otherUri }
}

/** An authorize request as the walk sends it, with prompt=none and some of it changed. Nobody is logged in by it. */
export async function land(context: Context, changes: Edits = {}): Promise<Landing> {
  const { authorization_endpoint: endpoint } = await context.metadata()
  const url = new URL(endpoint)
  const parameters = { ...authorizationRequest(context), ...changes }
  const redirectUri = parameters['redirect_uri'] ?? ''
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.append(name, value)
  const response = await context.outside.send({ method: 'GET', url: url.href, headers: [{ name: 'accept', value: 'text/html' }], parameters: [] })
  const location = headerOf(response, 'location')
  const target = location === undefined ? undefined : parseUrl(URL.canParse(location, url.href) ? new URL(location, url.href).href : '')
  if (response.status >= 300 && response.status < 400 && target) {
    if (isAt(target, redirectUri)) return { kind: 'back', mode: modeOf(target), parameters: parametersOf(target) }
    return { kind: 'elsewhere', url: target.origin + target.pathname, text: parametersOf(target).map(({ name, value }) => `${name}=${value}`).join(' ').slice(0, LONGEST) }
  }
  const page = new TextDecoder().decode(response.body)
  const form = firstForm(page)
  const action = parseUrl(form?.action ?? '')
  if (form && action && isAt(action, redirectUri)) return { kind: 'back', mode: 'form_post', parameters: form.fields.map(({ name, value }) => ({ name, value })) }
  return { kind: 'page', status: response.status, text: textOf(page) }
}

/** @throws Unmet where the answer stays at the server */
export async function backOf(context: Context) {
  const { ours } = await context.landings()
  if (ours.kind !== 'back') throw new Unmet('the answer does not come back')
  return ours
}

/** What a landing says, without what differs from one request to the next. */
export function signature(landing: Landing): string {
  const text = landing.kind === 'back' ? landing.parameters.filter(({ name }) => name === 'error').map(({ value }) => value).join() : landing.text
  const where = landing.kind === 'elsewhere' ? landing.url : landing.kind === 'page' ? landing.status : ''
  return [landing.kind, where, text].join(' ').replaceAll(/https?:\/\/[^\s"'<>&]+|\bnot-a-client-\S+/g, '').replaceAll(/[\w-]*\d[\w-]{5,}/g, '').replaceAll(/\d+/g, '')
}

export function errorIn(landing: Landing): { error?: string; text: string } {
  if (landing.kind !== 'back') return { text: landing.kind === 'elsewhere' ? `${landing.url} ${landing.text}` : landing.text }
  const value = (name: string) => landing.parameters.find((parameter) => parameter.name === name)?.value
  const error = value('error')
  return { ...(error === undefined ? {} : { error }), text: value('error_description') ?? '' }
}

function authorizationRequest({ settings, outside }: Context): Record<string, string> {
  const verifier = outside.random(32)
  const challenge = settings.pkce === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  const given = Object.fromEntries(settings.parameters.map(({ name, value }) => [name, value]))
  return {
    response_type: 'code',
    client_id: settings.client.id,
    redirect_uri: settings.redirectUri,
    ...(settings.scope === '' ? {} : { scope: settings.scope }),
    state: outside.random(32),
    nonce: outside.random(32),
    ...(settings.pkce === 'none' ? {} : { code_challenge: challenge, code_challenge_method: settings.pkce }),
    ...given,
    prompt: 'none',
  }
}

function isAt(target: URL, redirectUri: string): boolean {
  const wanted = parseUrl(redirectUri)
  return wanted !== undefined && target.origin === wanted.origin && target.pathname === wanted.pathname
}

/** Facebook adds a fragment to an answer in the query. */
function modeOf({ searchParams, hash }: URL): 'query' | 'fragment' {
  return hash.length > 1 && !['code', 'error', 'state'].some((name) => searchParams.has(name)) ? 'fragment' : 'query'
}

function parametersOf({ searchParams, hash }: URL): Parameter[] {
  return [...searchParams, ...new URLSearchParams(hash.slice(1))].map(([name, value]) => ({ name, value }))
}

/** What a person would read. */
function textOf(html: string): string {
  const text = html.slice(0, 200_000).replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/gi, ' ').replaceAll(/<[^>]{0,2000}>/g, ' ')
  return unescape(text).replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST)
}
