import type { Party } from '../../events.ts'
import { wrap } from '../layout.ts'
import type { ArrowLine, Line, NoteLine, StepLine } from '../story/lines.ts'
import { cross, fitting, harmless, head, label, straight, wave } from './shapes.ts'

/** Where the lanes are, and how much text there is room for. Units are those of the drawing. */
interface Size {
  width: number
  lanes: Readonly<Record<Party, number>>
  /** Of an average character of a label. */
  character: number
  /** Room that a lane's name takes, on both sides together. */
  name: number
  /** Whether a text that is too long has a second line. */
  stacked: boolean
  heights: Readonly<Record<Line['kind'], number>>
}

export const wide: Size = {
  width: 960,
  lanes: { browser: 110, client: 350, 'authorization server': 610, resource: 850 },
  character: 7.4,
  name: 180,
  stacked: false,
  heights: { step: 54, arrow: 54, note: 30 },
}

/** For a phone. */
export const narrow: Size = {
  width: 360,
  lanes: { browser: 42, client: 132, 'authorization server': 230, resource: 319 },
  character: 6.4,
  name: 78,
  stacked: true,
  heights: { step: 54, arrow: 54, note: 44 },
}

/** What a line leads to; nothing where the drawing stands alone. */
export type Href = (line: Line) => string | undefined

const MARGIN = 12
/** Under the names of the lanes. */
const TOP = 56

/** The walk as a sequence diagram: a lane for each party, time going down. Looks come from `sequenceStyle`. */
export function sequence(lines: readonly Line[], size: Size, href: Href): string {
  const rows: string[] = []
  let y = TOP
  for (const line of lines) {
    rows.push(linked(row(line, y, size), line, y, size, href(line)))
    y += size.heights[line.kind]
  }
  const bottom = y + 14
  const lifelines = Object.values(size.lanes).map((x) => `<path class="life" d="M${x} 40V${bottom}"/>`)
  const key = legend(size)
  const names = [4, bottom].flatMap((at) => Object.entries(size.lanes).map(([party, x]) => name(party, x, at, size)))
  const top = -2 * MARGIN - key.length * KEY
  const box = `viewBox="${-MARGIN} ${top} ${size.width + 2 * MARGIN} ${bottom + 40 + MARGIN - top}"`
  const className = `sequence ${size.stacked ? 'narrow' : 'wide'}`
  const about = `class="${className}" ${box} role="group" aria-label="Sequence diagram of the walk"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${about}>
${key.join('')}${lifelines.join('')}${names.join('')}
${rows.join('\n')}
</svg>`
}

const KEY = 24

/** A line each, upwards from the names. */
function legend({ lanes }: Size): string[] {
  const x = lanes.browser - 20
  const samples = [
    { channel: 'back', path: straight(x, x + 40, -KEY), says: 'back channel: client and server alone' },
    { channel: 'front', path: wave(x, x + 40, -2 * KEY), says: 'front channel: through the browser' },
  ]
  return samples.map(({ channel, path, says }, index) => {
    const place = { x: x + 50, y: 4 - (index + 1) * KEY, className: 'detail' }
    return `<g class="${channel}"><path class="shaft" d="${path}"/>${label(says, place)}</g>`
  })
}

function name(party: string, x: number, y: number, { name: room, stacked }: Size): string {
  const box = `<rect class="party" x="${x - room / 2}" y="${y}" width="${room}" height="36" rx="8"/>`
  const words = stacked ? party.split(' ') : [party]
  const first = y + 22 - (words.length - 1) * 7
  const place = { x, className: 'name', anchor: 'middle' } as const
  return box + words.map((word, index) => label(word, { ...place, y: first + index * 14 })).join('')
}

function row(line: Line, y: number, size: Size): string {
  switch (line.kind) {
    case 'step':
      return step(line, y, size)
    case 'note':
      return note(line, y, size)
    case 'arrow':
      return arrow(line, y, size)
  }
}

/** A link for the pointer and the keyboard; the whole row takes the click. */
function linked(drawn: string, line: Line, y: number, { width, heights }: Size, href: string | undefined): string {
  if (href === undefined) return `<g>${drawn}</g>`
  const area = `<rect class="area" x="0" y="${y}" width="${width}" height="${heights[line.kind]}" rx="6"/>`
  return `<a href="${harmless(href)}">${area}${drawn}</a>`
}

/** What the drawing of an arrow says to those who can't see it. */
function spoken({ from, to, channel }: ArrowLine): string {
  return `${from} to ${to}${channel === 'local' ? '' : `, ${channel} channel`}`
}

function step({ step: lesson }: StepLine, y: number, { width, character, stacked }: Size): string {
  const { step: number, title, channel } = lesson
  const middle = y + 30
  const right = stacked ? channel : `${channel} channel`
  const room = Math.floor((width - 60) / (character * 1.15)) - right.length
  return [
    `<path class="rule" d="M0 ${y + 8}H${width}"/><circle class="number" cx="16" cy="${middle - 5}" r="12"/>`,
    label(String(number), { x: 16, y: middle, className: 'digit', anchor: 'middle' }),
    label(fitting(title, room), { x: 38, y: middle, className: 'title' }),
    label(right, { x: width - 2, y: middle, className: `channel ${channel}`, anchor: 'end' }),
  ].join(' ')
}

const MARKS = { pass: '✓', fail: '✗', warn: '!', skip: '–', none: '' }

/** What the client does by itself, on its own lane. */
function note({ label: text, verdict }: NoteLine, y: number, { width, lanes, character, stacked }: Size): string {
  const x = lanes.client
  const room = Math.floor((width - x - 16) / character)
  const marked = MARKS[verdict] === '' ? text : `${MARKS[verdict]} ${text}`
  const [start = '', ...more] = stacked ? wrap(fitting(marked, 2 * room), room) : [marked]
  const lines = more.length === 0 ? [start] : [start, more.join(' ')]
  const place = { x: x + 14, className: `note ${verdict}` }
  const drawn = lines.map((line, index) => label(fitting(line, room), { ...place, y: y + 18 + index * 15 }))
  return `<circle class="dot ${verdict}" cx="${x}" cy="${y + 13}" r="5"/>${drawn.join('')}`
}

function arrow(line: ArrowLine, y: number, size: Size): string {
  const { channel, state, detail } = line
  const from = size.lanes[line.from]
  const to = size.lanes[line.to]
  const direction = Math.sign(to - from)
  const at = y + 27
  const turnedAway = channel === 'front' && state === 'refused'
  const end = to - direction * (turnedAway ? 16 : 8)
  const shaft = channel === 'front' ? wave(from, end, at) : straight(from, end, at)
  return [
    `<g class="arrow ${channel} ${state}"><path class="halo" d="${straight(from, end, at)}"/>`,
    `<path class="shaft" d="${shaft}"/>`,
    turnedAway ? cross(to - direction * 11, at) : head(to - direction, at, direction),
    centred(line.label, (from + to) / 2, at - 10, 'label', size),
    centred(detail, (from + to) / 2, at + 18, 'detail', size),
    label(spoken(line), { x: 0, y: at, className: 'said' }),
    '</g>',
  ].join(' ')
}

/** Over the middle of its arrow, and within the drawing. */
function centred(text: string, middle: number, y: number, className: string, { width, character }: Size): string {
  const shown = fitting(text, Math.floor((width - 8) / character))
  const half = (shown.length * character) / 2
  if (middle - half < 4) return label(shown, { x: 4, y, className })
  if (middle + half > width - 4) return label(shown, { x: width - 4, y, className, anchor: 'end' })
  return label(shown, { x: middle, y, className, anchor: 'middle' })
}
