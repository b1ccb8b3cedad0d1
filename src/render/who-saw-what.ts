import type { WalkEvent } from '../events.ts'
import { type Sighting, sightings, type Viewer } from './sightings.ts'

/** `unknown`: it may have been seen, outside this program's sight. */
export type Sight = 'saw' | 'not' | 'unknown'

export interface SightRow extends Record<Viewer, Sight> {
  what: string
}

const PASSWORD = 'your password'
const CODE = 'code'
const ACCESS_TOKEN = 'access token'

/** What is looked for, by its names on the wire. `bearer` is whatever came in an Authorization header. */
const THINGS: readonly { what: string; names: readonly string[] }[] = [
  { what: PASSWORD, names: ['password'] },
  { what: 'client_secret', names: ['client_secret'] },
  { what: 'code_verifier', names: ['code_verifier'] },
  { what: CODE, names: ['code'] },
  { what: ACCESS_TOKEN, names: ['access_token', 'bearer'] },
  { what: 'ID Token', names: ['id_token', 'id_token_hint'] },
  { what: 'refresh token', names: ['refresh_token'] },
]
const TOKENS = [ACCESS_TOKEN, 'ID Token', 'refresh token']
/** Shorter values occur in other words by chance. */
const SHORTEST = 8

/** Who saw what, from what was really sent: by the names of parameters, and by their values wherever they turn up. */
export function whoSawWhat(events: readonly WalkEvent[]): { rows: SightRow[]; sentence: string } {
  const seen = sightings(events)
  const rows = THINGS.flatMap(({ what, names }) => rowOf(what, names, seen))
  if (events.some(bringsCode) && rows[0]?.what !== PASSWORD) rows.unshift(UNSEEN_PASSWORD)
  return { rows, sentence: sentenceOn(rows) }
}

/** With a real provider the login is between you and that server. */
const UNSEEN_PASSWORD: SightRow = {
  what: PASSWORD,
  browser: 'unknown',
  client: 'not',
  authorizationServer: 'unknown',
  resource: 'not',
}

function bringsCode(event: WalkEvent): boolean {
  return event.type === 'redirect' && event.accepted && event.parameters.some(({ name }) => name === CODE)
}

function rowOf(what: string, names: readonly string[], seen: readonly Sighting[]): SightRow[] {
  const values = valuesOf(names, seen)
  // An ID Token that was taken for a key is an ID Token, whatever header it came in.
  const others = names.includes('bearer') ? valuesOf(['id_token', 'refresh_token'], seen) : []
  const carriers = seen.filter(({ items, text }) => {
    const named = items.filter(({ name }) => names.includes(name))
    if (named.some(({ name, value }) => name !== 'bearer' || !others.includes(value))) return true
    return values.some((value) => text.includes(value))
  })
  if (carriers.length === 0) return []
  const sight = (viewer: Viewer): Sight => {
    if (carriers.some(({ saw }) => saw.includes(viewer))) return 'saw'
    return carriers.some(({ unknown }) => unknown.includes(viewer)) ? 'unknown' : 'not'
  }
  return [{
    what,
    // A password that a server got was typed into a browser.
    browser: what === PASSWORD ? 'saw' : sight('browser'),
    client: sight('client'),
    authorizationServer: sight('authorizationServer'),
    resource: sight('resource'),
  }]
}

function valuesOf(names: readonly string[], seen: readonly Sighting[]): string[] {
  const items = seen.flatMap((message) => message.items).filter(({ name }) => name !== 'bearer' && names.includes(name))
  return [...new Set(items.map(({ value }) => value).filter((value) => value.length >= SHORTEST))]
}

function sentenceOn(rows: readonly SightRow[]): string {
  const secrets = rows.filter(({ what }) => what !== PASSWORD && what !== CODE)
  const inBrowser = secrets.filter(({ browser }) => browser === 'saw')
  const misplaced = secrets.filter(({ what, resource }) => what !== ACCESS_TOKEN && resource === 'saw')
  return [
    inBrowser.length > 0
      ? `The browser held ${list(inBrowser)}, for whoever reads along there. A code exists so that this need not be.`
      : onCode(rows),
    ...(misplaced.length > 0 ? [`The resource was shown ${list(misplaced)}, which is not for its eyes.`] : []),
  ].join(' ')
}

function onCode(rows: readonly SightRow[]): string {
  const carried = rows.some(({ what, browser }) => what === CODE && browser === 'saw')
  if (!carried) return 'The browser carried no code in this walk.'
  return rows.some(({ what }) => TOKENS.includes(what))
    ? 'The browser carried the code and never held a token. That is what the code is for.'
    : 'The browser carried the code. No token was issued for it.'
}

function list(rows: readonly SightRow[]): string {
  const named = rows.map(({ what }) => `the ${what}`)
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}
