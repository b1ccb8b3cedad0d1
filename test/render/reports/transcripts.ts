import type { Json, Transcript, WalkEvent } from '../../../src/events.ts'
import { createRedactor } from '../../../src/redact.ts'
import { CLIENT_SECRET, sample } from '../sample.ts'

/** As `--save` writes it. */
export const redacted: Transcript = {
  version: 1,
  events: redact(sample),
  outcome: { status: 'completed', exit: 0 },
}

/** As `--save --show-secrets` writes it, as far as that goes. */
export const shown: Transcript = { ...redacted, events: [...sample] }

/** A walk that stopped at a check. */
export const failed: Transcript = {
  version: 1,
  events: redact(sample.slice(0, sample.findIndex((event) => event.type === 'check' && event.id === 'id-token-aud') + 1))
    .map((event) => (event.type === 'check' && event.id === 'id-token-aud' ? { ...event, status: 'fail', actual: 'somebody-else' } : event)),
  outcome: {
    status: 'failed',
    exit: 4,
    error: {
      happened: 'id-token-aud: expected walkthrough, got somebody-else',
      means: 'A token made for another client must not log you in here.',
      causes: [
        { says: 'The token was made for another client of this server.', evidence: 'aud        somebody-else\nclient_id  walkthrough\n           ^' },
        { says: 'The client_id is that of another registration.' },
      ],
      tries: ['Look which client this token was issued to.'],
      read: ['OpenID Connect Core 3.1.3.7 (3)'],
      check: 'id-token-aud',
    },
  },
}

export const cancelled: Transcript = { version: 1, events: redacted.events.slice(0, 3), outcome: { status: 'cancelled', exit: 130 } }

/** What a bug of ours leaves. */
export const empty: Transcript = { version: 1, events: [], outcome: { status: 'failed', exit: 1 } }

export const transcripts: readonly (readonly [name: string, transcript: Transcript])[] = Object.entries({ redacted, shown, failed, cancelled, empty })

/** The same transcript, with something appended to every text that its schema leaves free. */
export function poisoned<Part>(part: Part, poison: string): Part
export function poisoned(part: unknown, poison: string): unknown {
  if (Array.isArray(part)) return part.map((item) => poisoned(item, poison))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, poisonedMember(name, value, poison, 'version' in part || 'type' in part)]))
}

const BOUND = new Set(['type', 'channel', 'from', 'to', 'by', 'status', 'origin', 'level', 'id'])

function poisonedMember(name: string, value: unknown, poison: string, isEvent: boolean): unknown {
  if (typeof value === 'string') {
    if (isEvent && (BOUND.has(name) || (name === 'method' && /^(GET|POST)$/.test(value)))) return value
    return name === 'body' ? poisonedBody(value, poison) : value + poison
  }
  if (Array.isArray(value)) return value.map((item: unknown) => (typeof item === 'string' ? item + poison : poisoned(item, poison)))
  return poisoned(value, poison)
}

/** Claims are poisoned where they stand: the body remains JSON. */
function poisonedBody(body: string, poison: string): string {
  if (!body.startsWith('{')) return body + poison
  const object: { [name: string]: Json } = JSON.parse(body)
  return JSON.stringify(poisoned(object, poison))
}

/** A transcript with as many events as wanted, in the mixture of a real one. */
export function long(events: number): Transcript {
  const repeated: WalkEvent[] = []
  while (repeated.length < events) repeated.push(...redacted.events)
  return { ...redacted, events: repeated.slice(0, events) }
}

export function redact(events: readonly WalkEvent[]): WalkEvent[] {
  const redactor = createRedactor([{ name: 'client_secret', value: CLIENT_SECRET }])
  return events.map((event) => redactor.event(event, 'nothing'))
}
