import type {
  Channel,
  Parameter,
  Party,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
  WalkEvent,
} from '../../events.ts'
import * as known from '../../oauth/parameters.ts'
import { jsonOf } from '../format.ts'
import { type Detail, membersOf } from './members.ts'

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

const MESSAGES: ReadonlySet<WalkEvent['type']> = new Set(['navigate', 'redirect', 'request', 'response'])

export function isMessage({ type }: WalkEvent): boolean {
  return MESSAGES.has(type)
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
      ['Parameters', parameters.map((one) => detail(one, known.requestMeanings(name)))],
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
      ['Members of the body', members?.details ?? []],
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

function textOf(body: string): string {
  const reading = jsonOf(body)
  return reading ? JSON.stringify(reading.value, null, 2) : body
}
