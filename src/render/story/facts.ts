import type { Parameter, Transcript, WalkEvent } from '../../events.ts'
import { date, jsonObjectOf } from '../format.ts'
import { emptyTally, type Tally } from '../ledger.ts'

/** What a whole walk comes to. Absent: the walk did not get so far, or its transcript does not say. */
export interface Facts {
  issuer?: string
  clientId?: string
  redirectUri?: string
  scope?: string
  /** Milliseconds since the epoch. */
  moment?: number
  tally: Tally
  /** Milliseconds that the back channel took. */
  onTheWire: number
}

export function factsOf({ events }: Transcript): Facts {
  const sent = events.findLast((event) => event.type === 'navigate')
  return {
    ...present('issuer', issuerOf(events)),
    ...present('clientId', valueOf(sent?.parameters, 'client_id')),
    ...present('redirectUri', valueOf(sent?.parameters, 'redirect_uri')),
    ...present('scope', valueOf(sent?.parameters, 'scope')),
    ...present('moment', momentOf(events)),
    tally: tallyOf(events),
    onTheWire: events.reduce((sum, event) => sum + (event.type === 'response' ? event.milliseconds : 0), 0),
  }
}

export function tallyOf(events: readonly WalkEvent[]): Tally {
  const tally = emptyTally()
  for (const event of events) if (event.type === 'check') tally[event.status] += 1
  return tally
}

/** `13 passed, 1 failed`. What did not happen is not counted aloud. */
export function inWords({ pass, fail, warn, skip }: Tally): string {
  const parts = [
    ...(pass > 0 ? [`${pass} passed`] : []),
    ...(fail > 0 ? [`${fail} failed`] : []),
    ...(warn > 0 ? [`${warn} to look at`] : []),
    ...(skip > 0 ? [`${skip} did not apply`] : []),
  ]
  return parts.length === 0 ? 'no checks' : parts.join(', ')
}

/**
 * When the tokens came, else when anything came, by the clock of whoever sent it: a transcript has no clock of its own.
 * @returns milliseconds since the epoch
 */
export function momentOf(events: readonly WalkEvent[]): number | undefined {
  const responses = events.filter((event) => event.type === 'response')
  const dates = responses.map(({ name, headers }) => ({ name, at: Date.parse(valueOf(headers, 'date') ?? '') }))
  const known = dates.filter(({ at }) => !Number.isNaN(at))
  return (known.find(({ name }) => name.startsWith('token')) ?? known[0])?.at ?? issuedAt(events)
}

function issuedAt(events: readonly WalkEvent[]): number | undefined {
  const claims = events.flatMap((event) => (event.type === 'value' && event.decoded ? [event.decoded.claims] : []))
  const iat = claims.map((one) => one['iat']).find((value) => typeof value === 'number')
  return iat !== undefined && date(iat) !== undefined ? iat * 1000 : undefined
}

/** The first value under a name, in whatever case it is written. */
export function valueOf(parameters: readonly Parameter[] | undefined, name: string): string | undefined {
  return parameters?.find((parameter) => parameter.name.toLowerCase() === name)?.value
}

/** As the metadata names it, else where the browser was sent. */
function issuerOf(events: readonly WalkEvent[]): string | undefined {
  const metadata = events.findLast((event) => event.type === 'response' && event.name.startsWith('metadata'))
  const issuer = metadata?.type === 'response' ? jsonObjectOf(metadata.body)?.['issuer'] : undefined
  if (typeof issuer === 'string') return issuer
  const sent = events.findLast((event) => event.type === 'navigate')
  return sent && URL.canParse(sent.endpoint) ? new URL(sent.endpoint).origin : undefined
}

function present<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>>
function present(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value }
}
