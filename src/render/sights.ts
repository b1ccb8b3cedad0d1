import { displayWidth, padEnd, wrap } from './layout.ts'
import { block, paragraph, type Pen } from './pen.ts'
import type { Viewer } from './sightings.ts'
import type { Sight, SightRow } from './who-saw-what.ts'

const COLUMNS: readonly { viewer: Viewer; heading: readonly [above: string, below: string] }[] = [
  { viewer: 'browser', heading: ['', 'browser'] },
  { viewer: 'client', heading: ['', 'client'] },
  { viewer: 'authorizationServer', heading: ['authorization', 'server'] },
  { viewer: 'resource', heading: ['', 'resource'] },
]
/** From here on the headings fit on one line. */
const WIDE = 72

/** Secrets against parties, and what the table comes to. */
export function drawSights({ rows, sentence }: { rows: readonly SightRow[]; sentence: string }, pen: Pen): string {
  const label = Math.max(0, ...rows.map(({ what }) => displayWidth(what))) + 1
  const columns = columnsFor(pen)
  const width = columns.reduce((sum, column) => sum + column.gap.length + column.width, label)
  const unknown = rows.some((row) => COLUMNS.some(({ viewer }) => row[viewer] === 'unknown'))
  return block([
    ` ${pen.bold('Who saw what')}`,
    ...(width > pen.width ? listed(rows, label, pen) : drawn(rows, columns, label, pen)),
    ...(unknown ? paragraph(`${pen.glyph.unknown} perhaps, outside this program's sight`, pen).map(pen.dim) : []),
    '',
    ...paragraph(sentence, pen),
  ])
}

interface Column {
  viewer: Viewer
  gap: string
  heading: readonly string[]
  width: number
}

function columnsFor(pen: Pen): Column[] {
  const wide = pen.width >= WIDE
  return COLUMNS.map(({ viewer, heading }) => {
    const lines = wide ? ['', heading.join(' ').trim()] : heading
    return { viewer, gap: wide ? '   ' : '  ', heading: lines, width: Math.max(...lines.map((line) => line.length)) }
  })
}

function drawn(rows: readonly SightRow[], columns: readonly Column[], label: number, pen: Pen): string[] {
  const line = (start: string, cell: (column: Column) => string) =>
    (padEnd(start, label) + columns.map((column) => column.gap + cell(column)).join('')).trimEnd()
  const headings = [0, 1].map((at) => line('', ({ heading, width }) => padEnd(heading[at] ?? '', width)))
  return [
    ...headings.filter((heading) => heading !== '').map(pen.dim),
    ...rows.map((row) => line(` ${row.what}`, ({ viewer, width }) => dot(row[viewer], width, pen))),
  ]
}

/** In the middle of its column. */
function dot(sight: Sight, width: number, pen: Pen): string {
  const before = Math.floor((width - 1) / 2)
  return ' '.repeat(before) + pen.glyph[sight] + ' '.repeat(width - before - 1)
}

/** The same in words, where the columns don't fit. */
function listed(rows: readonly SightRow[], label: number, pen: Pen): string[] {
  return rows.flatMap((row) => {
    const viewers = COLUMNS.filter(({ viewer }) => row[viewer] !== 'not').map(({ viewer, heading }) => {
      return `${heading.join(' ').trim()}${row[viewer] === 'unknown' ? ` ${pen.glyph.unknown}` : ''}`
    })
    const lines = wrap(viewers.join(', '), pen.width - label - 2)
    return lines.map((line, index) => padEnd(index === 0 ? ` ${row.what}` : '', label + 2) + line)
  })
}
