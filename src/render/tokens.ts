import type { Json, JsonObject, ValueEvent, WalkEvent } from '../events.ts'
import { claims as claimMeanings, joseHeader, timeClaims } from '../oauth/claims.ts'
import { meaningOf, type Meanings } from '../oauth/parameters.ts'
import { inOneLine } from './story/members.ts'
import { date, distance } from './format.ts'
import { spread, wrap } from './layout.ts'
import { block, type Pen } from './pen.ts'
import { brief, type Row, table } from './table.ts'

const TOKENS: ReadonlySet<string> = new Set(['access_token', 'id_token', 'refresh_token'])
/** Rows that come one at a time shall align all the same. */
const COLUMNS = { nameWidth: 14, valueWidth: 11 }
const ORIGINS = { made: 'Set by this client', received: 'Received' }

const TITLES: Readonly<Record<string, { title: string; note: string }>> = {
  id_token: { title: 'ID Token', note: 'Decoded, not yet believed: anybody can write this. The checks decide.' },
  access_token: {
    title: 'Access token',
    note:
      'Not meant for this client. It happens to be a JWT; its content is a matter between the server and the ' +
      'resource, and may become unreadable any day.',
  },
}

/** A value as a row, under a heading where it is the first of its origin. */
export function drawValue({ name, value, purpose, origin }: ValueEvent, first: boolean, pen: Pen): string {
  const meaning = name === 'access_token' ? 'opaque, as it should be' : purpose
  const row = table([{ name, value, meaning }], pen, COLUMNS)
  return first ? block([` ${ORIGINS[origin]}`, ...row]) : `${row.join('\n')}\n`
}

/**
 * A JWT taken apart.
 * @param now milliseconds since the epoch
 */
export function drawToken(event: ValueEvent & Required<Pick<ValueEvent, 'decoded'>>, now: number, pen: Pen): string {
  const { name, value, decoded } = event
  const known = Object.hasOwn(TITLES, name) ? TITLES[name] : undefined
  const title = known?.title ?? pen.text(name)
  const size = brief(name, pen.text(value), pen)
  const line = spread(` ${title}`, size, pen.width)
  const note = wrap(pen.prose(known?.note ?? event.purpose), pen.measure - 3)
  return block([
    line === undefined ? ` ${title}` : ` ${title}${pen.dim(line.slice(title.length + 1))}`,
    ...note.map((words) => pen.dim(`   ${words}`)),
    '',
    ...section('header', decoded.header, joseHeader, now, pen),
    ...section('Claims', decoded.claims, claimMeanings, now, pen),
  ])
}

function section(title: string, members: JsonObject, meanings: Meanings, now: number, pen: Pen): string[] {
  const rows = Object.entries(members).map(([name, value]) => row(name, value, meanings, now))
  return [pen.dim(`   ${title}`), ...table(rows, pen, { indent: 5 })]
}

function row(name: string, value: Json, meanings: Meanings, now: number): Row {
  const meaning = meaningOf(meanings, name)?.meaning ?? ''
  const when = timeClaims.has(name) && typeof value === 'number' ? date(value) : undefined
  if (when === undefined || typeof value !== 'number') return { name, value: inOneLine(value), meaning }
  const apart = distance(value - Math.floor(now / 1000))
  return { name, value: when, meaning: `${meaning} ${apart}` }
}

/** Each token as it came, on a line that holds nothing else: what is selected there is the whole token. */
export function drawWholeTokens(events: readonly WalkEvent[], pen: Pen): string {
  const lines = events.flatMap((event) => {
    if (event.type !== 'value' || !TOKENS.has(event.name) || event.value.startsWith('[')) return []
    return ['', pen.dim(` ${event.name}, ${event.value.length} characters`), pen.text(event.value)]
  })
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
