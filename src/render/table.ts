import { displayWidth, padEnd, wrap } from './layout.ts'
import type { Pen } from './pen.ts'

/** One value and what it means. All of it may come from outside. */
export interface Row {
  name: string
  value: string
  meaning: string
  /** At the right edge, for example `made here`. */
  mark?: string
}

export interface TableOptions {
  indent?: number
  /** For rows that come one at a time and shall align all the same. */
  nameWidth?: number
  valueWidth?: number
}

const LONGEST_NAME = 24
const GAP = '  '
/** Below this many columns for value and meaning, the meaning goes to a line of its own. */
const ROOM_FOR_BOTH = 44
const MOST_LINES = 5
/** A provider may send thousands. */
const MOST_ROWS = 40

/** Values that nobody reads from end to end. */
const OPAQUE = new Set([
  'state', 'nonce', 'code', 'code_challenge', 'code_verifier', 'access_token', 'id_token', 'refresh_token',
  'authorization', 'client_secret', 'client_assertion', 'request', 'id_token_hint', 'at_hash', 'c_hash', 's_hash',
  'session_state',
])
const JWT = /^eyJ[\w-]+\./

/** Name, value and meaning in columns that align at any width. */
export function table(rows: readonly Row[], pen: Pen, options: TableOptions = {}): string[] {
  const drawn = rows.slice(0, MOST_ROWS).map((row) => {
    return { ...row, name: pen.text(row.name), value: brief(row.name, pen.text(row.value), pen) }
  })
  const columns = columnsFor(drawn, pen, options)
  return [...drawn.flatMap((row) => drawRow(row, columns, pen)), ...andMore(rows.length - drawn.length, 'row', pen)]
}

/** What was left out, where something was. */
export function andMore(count: number, unit: string, pen: Pen): string[] {
  return count > 0 ? [pen.dim(`   and ${count} more ${unit}${count === 1 ? '' : 's'}`)] : []
}

/** A value as short as its kind allows: tokens lose their middle. All else, and a redactor's `[code]`, stays whole. */
export function brief(name: string, text: string, pen: Pen): string {
  const { ellipsis } = pen.glyph
  if (text.includes('[')) return text
  const start = text.lastIndexOf(' ') + 1
  const scheme = text.slice(0, start)
  const secret = text.slice(start)
  if (!OPAQUE.has(name.toLowerCase()) && !JWT.test(secret)) return text
  if (secret.length <= 24 || !/^[\x21-\x7e]*$/.test(secret)) return text
  if (secret.length <= 60) return scheme + secret.slice(0, 6) + ellipsis + secret.slice(-4)
  return `${scheme}${secret.slice(0, 8)}${ellipsis}${secret.slice(-3)}, ${secret.length} characters`
}

interface Columns {
  indent: string
  name: number
  value: number
  /** From the value column to the right edge. */
  room: number
  /** Columns before the meaning; as many as before the value where there is no room for both. */
  before: string
}

/** Where most values are too long to have a meaning beside them, none stands beside: a zigzag is hard to read. */
function columnsFor(rows: readonly Row[], pen: Pen, { indent = 3, nameWidth, valueWidth }: TableOptions): Columns {
  const longest = Math.max(0, ...rows.map((row) => displayWidth(row.name)))
  const name = nameWidth ?? Math.min(LONGEST_NAME, Math.floor(pen.width / 3), longest)
  const start = indent + name + GAP.length
  const room = pen.width - start
  const short = rows.map((row) => displayWidth(row.value)).filter((width) => width <= Math.floor(room / 2))
  const beside = room >= ROOM_FOR_BOTH && (valueWidth !== undefined || short.length * 2 >= rows.length)
  const value = beside ? (valueWidth ?? Math.max(10, ...short)) : room
  const before = ' '.repeat(beside ? start + value + GAP.length : start)
  return { indent: ' '.repeat(indent), name, value, room, before }
}

/** What is shown as it is, and what is dim behind it. */
type Line = readonly [plain: string, dim: string]

/** A name that is too long for its column has a line of its own. */
function drawRow(row: Row, { indent, name, value, room, before }: Columns, pen: Pen): string[] {
  const under = ' '.repeat(indent.length + name + GAP.length)
  const longName = displayWidth(row.name) > name
  const label = longName ? under : indent + padEnd(row.name, name) + GAP
  const [first = '', ...rest] = wrap(pen.cut(row.value, (MOST_LINES - 1) * room), room)
  const meanings = row.meaning === '' ? [] : wrap(pen.prose(row.meaning), pen.width - before.length)
  const beside = before.length > under.length && rest.length === 0 && displayWidth(first) <= value
  const lines: Line[] = [
    ...(longName ? [[indent + pen.cut(row.name, pen.width - indent.length), ''] as const] : []),
    beside ? [label + padEnd(first, value) + GAP, meanings[0] ?? ''] : [label + first, ''],
    ...rest.map((line): Line => [under + line, '']),
    ...(beside ? meanings.slice(1) : meanings).map((line): Line => [before, line]),
  ]
  return withMark(lines, row.mark, pen).map(([plain, dim]) => (dim === '' ? plain.trimEnd() : plain + pen.dim(dim)))
}

/** The mark at the right edge of the first line that has room for it. */
function withMark(lines: readonly Line[], mark: string | undefined, pen: Pen): Line[] {
  if (mark === undefined) return [...lines]
  const used = ([plain, dim]: Line) => displayWidth((plain + dim).trimEnd())
  const index = lines.findIndex((line) => used(line) + GAP.length + mark.length <= pen.width)
  if (index < 0) return [...lines, ['', mark.padStart(pen.width)]]
  return lines.map((line, at) => {
    const [plain, dim] = line
    return at === index ? [dim === '' ? plain.trimEnd() : plain, dim + mark.padStart(pen.width - used(line))] : line
  })
}
