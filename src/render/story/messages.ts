import type {
  Channel,
  Json,
  JsonObject,
  Parameter,
  Party,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
  WalkEvent,
} from '../../events.ts'
import { claims } from '../../oauth/claims.ts'
import { isJsonObject } from '../../oauth/json.ts'
import * as known from '../../oauth/parameters.ts'
import { inOneLine } from '../body.ts'
import { jsonOf } from '../format.ts'
import { valueOf } from './facts.ts'

/** A value with what is known of it. Name and value may come from outside, and may be of any length. */
export interface Detail extends Parameter {
  meaning: string
  /** Specification and section; empty where the meaning is. */
  section: string
}

/** A table of a message: its header fields, parameters or members. */
export interface Part {
  title: string
  details: Detail[]
}

/** What was sent, in either direction and over either channel. */
export interface Message {
  /** What the specifications call it. */
  name: string
  channel: Channel
  from: Party
  to: Party
  /** `POST https://…` or `200 OK`. */
  line: string
  parts: Part[]
  /** A body that is no table. */
  text: string
  /** Header fields that play no part in the flow. */
  others: Parameter[]
  /** Milliseconds. */
  took?: number
  bytes?: number
  /** Milliseconds since the wait for the browser began. */
  at?: number
  /** Why it was ignored. */
  refused?: string
}

/** Undefined for an event that is no message. */
export function messageOf(event: WalkEvent): Message | undefined {
  switch (event.type) {
    case 'navigate':
      return {
        name: 'authorization request',
        channel: 'front',
        from: 'browser',
        to: 'authorization server',
        line: `GET ${event.endpoint}`,
        parts: partsOf(['Parameters', event.parameters.map((one) => detail(one, known.authorizationRequest))]),
        text: '',
        others: [],
      }
    case 'redirect':
      return redirected(event)
    case 'request':
      return requested(event)
    case 'response':
      return answered(event)
    default:
      return undefined
  }
}

/** Of a stranger the names alone: the values are nobody’s business. */
function redirected({ method, path, parameters, accepted, reason, at, by }: RedirectEvent): Message {
  const shown = accepted ? parameters : parameters.map(({ name }) => ({ name, value: '…' }))
  return {
    name: accepted ? 'authorization response' : 'somebody else',
    channel: 'front',
    from: 'browser',
    to: 'client',
    line: `${method} ${path}${by === 'paste' ? ', pasted by you' : ''}`,
    parts: partsOf(['Parameters', shown.map((one) => detail(one, known.authorizationResponse))]),
    text: '',
    others: [],
    at,
    ...(accepted ? {} : { refused: reason ?? 'not the authorization response' }),
  }
}

function requested({ name, to, method, url, headers, parameters }: RequestEvent): Message {
  const fields = headers.map((field) => detail(field, known.requestHeaders))
  return {
    name,
    channel: 'back',
    from: 'client',
    to,
    line: `${method} ${url}`,
    parts: partsOf(
      ['Header fields', fields.filter(({ meaning }) => meaning !== '')],
      ['Parameters', parameters.map((one) => detail(one, known.tokenRequest))],
    ),
    text: '',
    others: fields.filter(({ meaning }) => meaning === ''),
  }
}

function answered({ name, from, status, reason, headers, body, milliseconds, bytes }: ResponseEvent): Message {
  const fields = headers.map((field) => detail(field, known.responseHeaders))
  const members = membersOf(name, headers, body)
  return {
    name,
    channel: 'back',
    from,
    to: 'client',
    line: `${status} ${reason}`.trim(),
    parts: partsOf(
      ['Header fields', fields.filter(({ meaning }) => meaning !== '')],
      ['Members of the body', members ?? []],
    ),
    text: members ? '' : textOf(body),
    others: fields.filter(({ meaning }) => meaning === ''),
    took: milliseconds,
    bytes,
  }
}

function partsOf(...parts: (readonly [title: string, details: Detail[]])[]): Part[] {
  return parts.flatMap(([title, details]) => (details.length === 0 ? [] : [{ title, details }]))
}

function detail({ name, value }: Parameter, meanings: known.Meanings): Detail {
  const field = name.toLowerCase()
  const key = field === 'authorization' ? `${field} ${value.split(' ')[0]?.toLowerCase() ?? ''}` : name
  const { meaning, section } = known.meaningOf(meanings, key) ?? known.meaningOf(meanings, field) ?? UNKNOWN
  return { name, value, meaning, section }
}

const UNKNOWN: known.Meaning = { meaning: '', section: '' }

/** Messages whose members have a meaning here, by how their names begin. */
const DICTIONARIES: readonly (readonly [name: RegExp, meanings: known.Meanings])[] = [
  [/^metadata/i, known.metadata],
  [/^(token|refresh)/i, known.tokenResponse],
  [/^(userinfo|introspection)/i, claims],
]

/** Members of a body that is one object, or undefined. Long numbers as they were written. */
function membersOf(name: string, headers: readonly Parameter[], body: string): Detail[] | undefined {
  const reading = jsonOf(body)
  const object = isJsonObject(reading?.value) ? reading.value : formOf(headers, body)
  if (!object) return undefined
  if (Array.isArray(object['keys'])) return object['keys'].map(key)
  const meanings = DICTIONARIES.find(([pattern]) => pattern.test(name))?.[1] ?? {}
  const written = { ...object, ...reading?.numbers }
  return Object.entries(written).map(([member, value]) => detail({ name: member, value: inOneLine(value) }, meanings))
}

/** A line for each key of a JWK Set, RFC 7517 5: the numbers that make it a key are for machines. */
function key(jwk: Json): Detail {
  const { kid, kty, crv, alg, use } = isJsonObject(jwk) ? jwk : {}
  const value = [kty, crv, alg, use].filter((part) => part !== undefined).map(inOneLine).join(' ')
  const name = kid === undefined ? 'no kid' : inOneLine(kid)
  return { name, value, meaning: 'a public key of the issuer', section: 'RFC 7517 5' }
}

function formOf(headers: readonly Parameter[], body: string): JsonObject | undefined {
  const isForm = valueOf(headers, 'content-type')?.toLowerCase().startsWith('application/x-www-form-urlencoded')
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : undefined
}

function textOf(body: string): string {
  const reading = jsonOf(body)
  return reading ? JSON.stringify(reading.value, null, 2) : body
}
