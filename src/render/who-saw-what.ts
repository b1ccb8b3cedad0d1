import type { Parameter, Party, WalkEvent } from '../events.ts'
import { jsonObjectOf } from './format.ts'

/** `unknown`: it may have been seen, outside this program's sight. */
export type Sight = 'saw' | 'not' | 'unknown'

export interface SightRow {
  what: string
  browser: Sight
  client: Sight
  authorizationServer: Sight
  resource: Sight
}

export type Viewer = Exclude<keyof SightRow, 'what'>

/** A message as far as this table is concerned: what was in it, and before whose eyes it passed. */
interface Message {
  saw: Viewer[]
  /** They should have got it, and nothing here proves it. */
  unknown: Viewer[]
  items: Parameter[]
  /** Everything in it, to find a value under another name. */
  text: string
}

interface Thing {
  what: string
  names: readonly string[]
}

const PASSWORD: Thing = { what: 'your password', names: ['password'] }
const CODE: Thing = { what: 'code', names: ['code'] }
const ACCESS_TOKEN: Thing = { what: 'access token', names: ['access_token', 'bearer'] }
const THINGS: readonly Thing[] = [
  PASSWORD,
  { what: 'client_secret', names: ['client_secret'] },
  { what: 'code_verifier', names: ['code_verifier'] },
  CODE,
  ACCESS_TOKEN,
  { what: 'ID Token', names: ['id_token', 'id_token_hint'] },
  { what: 'refresh token', names: ['refresh_token'] },
]
const TOKENS = ['access token', 'ID Token', 'refresh token']
const VIEWERS: readonly Viewer[] = ['browser', 'client', 'authorizationServer', 'resource']
const VIEWER: Readonly<Record<Party, Viewer>> = {
  browser: 'browser',
  client: 'client',
  'authorization server': 'authorizationServer',
  resource: 'resource',
}
/** Shorter values occur in other words by chance. */
const SHORTEST = 8

/** Who saw what, from what was really sent: by the names of parameters, and by their values wherever they turn up. */
export function whoSawWhat(events: readonly WalkEvent[]): { rows: SightRow[]; sentence: string } {
  const messages = events.flatMap((event, index) => messageOf(event, index, events))
  const rows = THINGS.flatMap((thing) => rowOf(thing, messages))
  const loggedIn = events.some((event) => event.type === 'redirect' && event.accepted && event.parameters.some(({ name }) => name === 'code'))
  if (loggedIn && !rows.some(({ what }) => what === PASSWORD.what)) rows.unshift(unseenPassword())
  return { rows, sentence: sentenceOn(rows) }
}

function rowOf({ what, names }: Thing, messages: readonly Message[]): SightRow[] {
  const values = valuesOf(names, messages)
  const carriers = messages.filter(({ items, text }) => items.some((item) => carries(item, names, messages)) || values.some((value) => text.includes(value)))
  if (carriers.length === 0) return []
  const sight = (viewer: Viewer): Sight => {
    if (carriers.some(({ saw }) => saw.includes(viewer))) return 'saw'
    return carriers.some(({ unknown }) => unknown.includes(viewer)) ? 'unknown' : 'not'
  }
  const [browser, client, authorizationServer, resource] = VIEWERS.map(sight)
  const row = { what, browser: browser ?? 'not', client: client ?? 'not', authorizationServer: authorizationServer ?? 'not', resource: resource ?? 'not' }
  return [what === PASSWORD.what ? { ...row, browser: 'saw' } : row]
}

/** A bearer token may be an ID Token that was taken for a key: then it is that one, by its value. */
function carries({ name, value }: Parameter, names: readonly string[], messages: readonly Message[]): boolean {
  if (!names.includes(name)) return false
  return name !== 'bearer' || !valuesOf(['id_token', 'refresh_token'], messages).includes(value)
}

function valuesOf(names: readonly string[], messages: readonly Message[]): string[] {
  const items = messages.flatMap((message) => message.items).filter(({ name, value }) => names.includes(name) && name !== 'bearer' && value.length >= SHORTEST)
  return [...new Set(items.map(({ value }) => value))]
}

function messageOf(event: WalkEvent, index: number, events: readonly WalkEvent[]): Message[] {
  // What the practice provider saw meanwhile may stand between a request and its response.
  const next = events.slice(index + 1).find(({ type }) => type !== 'observed')
  switch (event.type) {
    case 'value':
      return [message(['client'], [], [event])]
    case 'navigate': {
      if (next === undefined || next.type === 'navigate') return []
      const answered = events.slice(index).some((later) => later.type === 'redirect' && later.accepted)
      return [message(answered ? ['client', 'browser', 'authorizationServer'] : ['client', 'browser'], ['authorizationServer'], event.parameters)]
    }
    case 'redirect':
      return event.accepted ? [message(['browser', 'client'], ['authorizationServer'], event.parameters)] : []
    case 'request': {
      if (next?.type === 'request') return []
      const answered = next?.type === 'response'
      const items = [...event.parameters, ...event.headers.flatMap(credentials)]
      return [message(answered ? ['client', VIEWER[event.to]] : ['client'], [VIEWER[event.to]], items, event.url)]
    }
    case 'response':
      return [message(['client', VIEWER[event.from]], [], issued(event.name, event.body), event.body)]
    case 'observed':
      return [message([VIEWER[event.by]], [], event.details)]
    default:
      return []
  }
}

function message(saw: Viewer[], unknown: Viewer[], items: readonly Parameter[], more = ''): Message {
  return { saw, unknown, items: [...items], text: [...items.map(({ value }) => value), more].join('\n') }
}

function credentials({ name, value }: Parameter): Parameter[] {
  if (name.toLowerCase() !== 'authorization') return []
  const [scheme = '', credential = ''] = [value.slice(0, value.indexOf(' ')), value.slice(value.indexOf(' ') + 1)]
  if (/^basic$/i.test(scheme)) return [{ name: 'client_secret', value: '' }]
  return [{ name: 'bearer', value: credential }]
}

/** Only a token response issues something: elsewhere `code` may be any number. */
function issued(name: string, body: string): Parameter[] {
  if (!/^(token|refresh)/i.test(name)) return []
  const members = jsonObjectOf(body) ?? Object.fromEntries(new URLSearchParams(body))
  return Object.entries(members).flatMap(([member, value]) => (typeof value === 'string' ? [{ name: member, value }] : []))
}

/** With a real provider the login is between you and that server. */
function unseenPassword(): SightRow {
  return { what: PASSWORD.what, browser: 'unknown', client: 'not', authorizationServer: 'unknown', resource: 'not' }
}

function sentenceOn(rows: readonly SightRow[]): string {
  const secrets = rows.filter(({ what }) => what !== PASSWORD.what && what !== CODE.what)
  const inBrowser = secrets.filter(({ browser }) => browser === 'saw').map(({ what }) => what)
  const misplaced = secrets.filter(({ what, resource }) => resource === 'saw' && what !== ACCESS_TOKEN.what).map(({ what }) => what)
  const sentences: string[] = []
  if (inBrowser.length > 0) sentences.push(`The browser held ${list(inBrowser)}: whoever reads along there can use that. A code exists so that this need not be.`)
  else if (!rows.some(({ what, browser }) => what === CODE.what && browser === 'saw')) sentences.push('The browser carried no code in this walk.')
  else if (rows.some(({ what }) => TOKENS.includes(what))) sentences.push('The browser carried the code and never held a token. That is what the code is for.')
  else sentences.push('The browser carried the code. No token was issued for it.')
  if (misplaced.length > 0) sentences.push(`The resource was shown ${list(misplaced)}, which is not meant for it.`)
  return sentences.join(' ')
}

function list(whats: readonly string[]): string {
  const named = whats.map((what) => `the ${what}`)
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}
