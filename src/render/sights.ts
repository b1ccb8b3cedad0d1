import { displayWidth, padEnd, wrap } from './layout.ts'
import { block, type Pen } from './pen.ts'
import type { Sight, SightRow, Viewer } from './who-saw-what.ts'

const COLUMNS: readonly { viewer: Viewer; heading: readonly [string, string] }[] = [
  { viewer: 'browser', heading: ['', 'browser'] },
  { viewer: 'client', heading: ['', 'client'] },
  { viewer: 'authorizationServer', heading: ['authorization', 'server'] },
  { viewer: 'resource', heading: ['', 'resource'] },
]

/** Secrets against parties, and what the table comes to. */
export function drawSights({ rows, sentence }: { rows: readonly SightRow[]; sentence: string }, pen: Pen): string {
  const label = Math.max(0, ...rows.map(({ what }) => displayWidth(what))) + 1
  const gap = pen.width >= 72 ? 3 : 2
  const columns = COLUMNS.map(({ viewer, heading: [above, below] }) => {
    const lines = pen.width >= 72 ? ['', `${above} ${below}`.trim()] : [above, below]
    return { viewer, lines, width: Math.max(...lines.map((line) => line.length)) }
  })
  const width = label + columns.reduce((sum, column) => sum + column.width + gap, 0)
  const body = width > pen.width ? listed(rows, label, pen) : drawColumns(rows, columns, label, gap, pen)
  const unknown = rows.some((row) => COLUMNS.some(({ viewer }) => row[viewer] === 'unknown'))
  const legend = unknown ? wrap(`${pen.glyph.unknown} perhaps, outside this program's sight`, pen.measure - 2).map((line) => pen.dim(` ${line}`)) : []
  return block([` ${pen.bold('Who saw what')}`, ...body, ...legend, '', ...wrap(pen.prose(sentence), pen.measure - 2).map((line) => ` ${line}`)])
}

interface Column {
  viewer: Viewer
  lines: string[]
  width: number
}

function drawColumns(rows: readonly SightRow[], columns: readonly Column[], label: number, gap: number, pen: Pen): string[] {
  const space = ' '.repeat(gap)
  const headings = [0, 1].map((line) => ' '.repeat(label) + columns.map((column) => space + padEnd(column.lines[line] ?? '', column.width)).join('').trimEnd())
  const lines = rows.map((row) => padEnd(` ${row.what}`, label) + columns.map(({ viewer, width }) => space + dot(row[viewer], width, pen)).join('').trimEnd())
  return [...headings.filter((line) => line.trim() !== '').map(pen.dim), ...lines]
}

/** In the middle of its column. */
function dot(sight: Sight, width: number, pen: Pen): string {
  const before = Math.floor((width - 1) / 2)
  const glyph = sight === 'saw' ? pen.glyph.saw : sight === 'unknown' ? pen.glyph.unknown : pen.dim(pen.glyph.not)
  return ' '.repeat(before) + glyph + ' '.repeat(width - before - 1)
}

/** The same in words, where the columns don't fit. */
function listed(rows: readonly SightRow[], label: number, pen: Pen): string[] {
  return rows.flatMap((row) => {
    const seers = COLUMNS.filter(({ viewer }) => row[viewer] !== 'not').map(({ viewer, heading }) => `${heading.join(' ').trim()}${row[viewer] === 'unknown' ? ` ${pen.glyph.unknown}` : ''}`)
    return wrap(seers.join(', '), pen.width - label - 2).map((line, index) => padEnd(index === 0 ? ` ${row.what}` : '', label + 2) + line)
  })
}
