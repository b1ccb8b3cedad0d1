import { type KeyObject, sign } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Json, JsonObject, ObservedEvent, Parameter, StepNumber } from '../events.ts'
import { isJsonObject } from '../oauth/json.ts'
import type { PracticeClient } from './configuration.ts'
import { locationOf, routeOf } from './context.ts'
import type { Answer, Facts, Lie, UnsignedToken } from './lies/lie.ts'
import { RESOURCE_PATH } from './resource.ts'

export interface LyingOptions {
  lie: Lie
  issuer: string
  client: PracticeClient
  signingKey: KeyObject
}

/** Changes one message of the honest provider on its way out. */
export function lying(options: LyingOptions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next()
    const { lie, client } = options
    if (!places[lie.in](ctx, client)) return
    tell(ctx, options)
    const saw = `Lied, as told: ${lie.says}`
    told.set(ctx, { type: 'observed', by: 'authorization server', step: steps[lie.in], saw, details: [] })
  }
}

/** What is to be said of a response that is a lie. */
export function lieIn(ctx: KoaContextWithOIDC): ObservedEvent | undefined {
  return told.get(ctx)
}

const told = new WeakMap<object, ObservedEvent>()

const steps: Readonly<Record<Lie['in'], StepNumber>> = {
  metadata: 0,
  refusal: 1,
  'authorization-response': 3,
  'token-response': 6,
  'id-token': 6,
  jwks: 0,
  userinfo: 7,
}

/** Where each message is when it has been made and not yet sent. */
const places: Readonly<Record<Lie['in'], (ctx: KoaContextWithOIDC, client: PracticeClient) => boolean>> = {
  metadata: (ctx) => routeOf(ctx) === 'discovery',
  refusal: (ctx) => ctx.path === RESOURCE_PATH && ctx.status === 401 && ctx.get('authorization') === '',
  'authorization-response': (ctx, { redirectUri }) => isUnder(locationOf(ctx), redirectUri),
  'token-response': (ctx) => routeOf(ctx) === 'token' && ctx.status === 200,
  'id-token': (ctx) => routeOf(ctx) === 'token' && typeof wire(ctx.body)['id_token'] === 'string',
  jwks: (ctx) => routeOf(ctx) === 'jwks',
  userinfo: (ctx) => routeOf(ctx) === 'userinfo' && ctx.status === 200,
}

function isUnder(location: URL | undefined, redirectUri: string): boolean {
  return location?.href.startsWith(new URL(redirectUri).href) ?? false
}

function tell(ctx: KoaContextWithOIDC, { lie, issuer, client, signingKey }: LyingOptions) {
  const facts: Facts = { issuer, clientId: client.id, now: Math.floor(Date.now() / 1000) }
  const location = locationOf(ctx)
  if (lie.in === 'authorization-response') {
    if (!location) return
    const parameters = [...location.searchParams].map(([name, value]) => ({ name, value }))
    location.search = query(lie.change(parameters, facts))
    ctx.set('location', location.href)
  } else if (lie.in === 'id-token') {
    const body = wire(ctx.body)
    const token = lie.change(decoded(String(body['id_token'])), facts)
    ctx.body = { ...body, id_token: compact(token, signingKey) }
  } else {
    answer(ctx, lie.change({ status: ctx.status, headers: {}, body: wire(ctx.body) }, facts))
  }
}

function answer(ctx: KoaContextWithOIDC, { status, headers, body }: Answer) {
  ctx.body = body
  ctx.status = status
  for (const [name, value] of Object.entries(headers)) {
    if (value === '') ctx.remove(name)
    else ctx.set(name, value)
  }
}

function query(parameters: readonly Parameter[]): string {
  const search = new URLSearchParams()
  for (const { name, value } of parameters) search.append(name, value)
  return search.toString()
}

function decoded(token: string): UnsignedToken {
  const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  return { header: parsed(header ?? ''), claims: parsed(claims ?? ''), signature: 'right' }
}

function compact({ header, claims, signature }: UnsignedToken, key: KeyObject): string {
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const bytes = signature === 'none' ? Buffer.alloc(0) : sign('sha256', Buffer.from(input), key)
  if (signature === 'wrong') bytes[0] = (bytes[0] ?? 0) ^ 1
  return `${input}.${bytes.toString('base64url')}`
}

/** A body as it will be written: members without a value are not. */
function wire(body: unknown): JsonObject {
  return parsed(JSON.stringify(body ?? null))
}

function parsed(text: string): JsonObject {
  const value: Json = JSON.parse(text)
  return isJsonObject(value) ? value : {}
}
