import type { NavigateEvent, Parameter, Party, RequestEvent, WalkEvent } from '../events.ts'
import { jsonObjectOf } from './format.ts'

export type Viewer = 'browser' | 'client' | 'authorizationServer' | 'resource'

/** A message as far as seeing is concerned: what was in it, and before whose eyes it passed. */
export interface Sighting {
  saw: readonly Viewer[]
  /** They should have got it, and nothing here proves it. */
  unknown: readonly Viewer[]
  items: readonly Parameter[]
  /** Everything in it, to find a value under another name. */
  text: string
}

const VIEWER: Readonly<Record<Party, Viewer>> = {
  browser: 'browser',
  client: 'client',
  'authorization server': 'authorizationServer',
  resource: 'resource',
}

/** What came after an event, as far as its sighting depends on it. */
interface Later {
  /** What the practice provider saw meanwhile may stand between a request and its response: it is passed over. */
  next?: WalkEvent
  /** Whether the authorization response came. */
  answered: boolean
}

/** Every message that was really sent, and every value that was made or received. */
export function sightings(events: readonly WalkEvent[]): Sighting[] {
  const seen: Sighting[] = []
  let later: Later = { answered: false }
  for (const event of events.toReversed()) {
    const one = sightingOf(event, later)
    if (one) seen.push(one)
    if (event.type === 'observed') continue
    later = { next: event, answered: later.answered || (event.type === 'redirect' && event.accepted) }
  }
  return seen.toReversed()
}

function sightingOf(event: WalkEvent, later: Later): Sighting | undefined {
  switch (event.type) {
    case 'value':
      return sighting(['client'], [], [event])
    case 'navigate':
      return navigated(event, later)
    case 'redirect':
      return event.accepted ? sighting(['browser', 'client'], ['authorizationServer'], event.parameters) : undefined
    case 'request':
      return requested(event, later)
    case 'response':
      return sighting(['client', VIEWER[event.from]], [], issued(event.name, event.body), event.body)
    case 'observed':
      return sighting([VIEWER[event.by]], [], event.details)
    default:
      return undefined
  }
}

function sighting(saw: Viewer[], unknown: Viewer[], items: readonly Parameter[], more = ''): Sighting {
  return { saw, unknown, items, text: [...items.map(({ value }) => value), more].join('\n') }
}

/** The last proposal is what went out. Only an answer proves that it arrived. */
function navigated({ parameters }: NavigateEvent, { next, answered }: Later): Sighting | undefined {
  if (next === undefined || next.type === 'navigate') return undefined
  const saw: Viewer[] = answered ? ['client', 'browser', 'authorizationServer'] : ['client', 'browser']
  return sighting(saw, ['authorizationServer'], parameters)
}

function requested({ to, url, headers, parameters }: RequestEvent, { next }: Later): Sighting | undefined {
  if (next?.type === 'request') return undefined
  const answered = next?.type === 'response'
  const items = [...parameters, ...headers.flatMap(credentials)]
  return sighting(answered ? ['client', VIEWER[to]] : ['client'], [VIEWER[to]], items, url)
}

/** A bearer token keeps a name of its own: it may be any token. */
function credentials({ name, value }: Parameter): Parameter[] {
  if (name.toLowerCase() !== 'authorization') return []
  if (/^basic /i.test(value)) return [{ name: 'client_secret', value: '' }]
  return [{ name: 'bearer', value: value.slice(value.indexOf(' ') + 1) }]
}

/** Only a token response issues something: elsewhere `code` may be any number. */
function issued(name: string, body: string): Parameter[] {
  if (!/^(token|refresh)/i.test(name)) return []
  const members = jsonObjectOf(body) ?? Object.fromEntries(new URLSearchParams(body))
  return Object.entries(members).flatMap(([member, value]) => {
    return typeof value === 'string' ? [{ name: member, value }] : []
  })
}
