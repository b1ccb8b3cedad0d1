import type { Lesson, Party, WalkEvent } from '../events.ts'
import { displayWidth } from './layout.ts'
import type { Style } from './palette.ts'
import type { Pen } from './pen.ts'
import { type Arrow, arrowsOf, wayOf } from './story/arrows.ts'

/** A party's name and the line under it. Columns from the left edge. */
interface Lane {
  party: Party
  start: number
  end: number
  middle: number
}

/** Lines of a sequence diagram, one at a time: it grows while the walk goes on, and its lanes stay where they are. */
export interface Lanes {
  /** The names, with the way that a step takes between them. */
  way: (lesson: Lesson) => string[]
  /** The names alone. */
  names: () => string[]
  /** A message as an arrow from lane to lane. */
  message: (event: WalkEvent) => string[]
}

export function lanesOf(pen: Pen): Lanes {
  const lanes = placed(pen.width)
  return lanes ? beside(lanes, pen) : below(pen)
}

/** Front channel and back channel differ by colour, and never by colour alone. */
export function styleOf(channel: Arrow['channel'], pen: Pen): Style {
  return { front: pen.exposed, back: pen.sheltered, local: pen.dim }[channel]
}

/** From left to right, so that the back channel does not cross the browser. */
const PARTIES: readonly Party[] = ['browser', 'client', 'authorization server', 'resource']
/** How the names share the room between them: client and server have most to say. */
const SHARES = [0.25, 0.6, 0.15]
const LEAST_ROOM = 16

function placed(width: number): Lane[] | undefined {
  const room = width - 2 - PARTIES.join('').length
  if (room < LEAST_ROOM) return undefined
  let next = 1
  return PARTIES.map((party, index) => {
    const start = next
    const end = start + party.length
    next = end + Math.round(room * (SHARES[index] ?? 0))
    return { party, start, end, middle: (start + end) >> 1 }
  })
}

function beside(lanes: readonly Lane[], pen: Pen): Lanes {
  const { width, glyph } = pen

  function ends({ from, to }: Arrow): readonly [left: Lane, right: Lane] | undefined {
    const [left, right] = lanes.filter(({ party }) => party === from || party === to)
    return left && right && [left, right]
  }

  function arrow(one: Arrow): string {
    const between = ends(one)
    if (!between) return ` ${pen.cut(pen.text(one.label), width - 1)}`
    const [left, right] = between
    const place = { at: left.middle + 1, room: right.middle - left.middle - 1 }
    const behind = right.middle + 2
    const label = labelled(pen.text(one.label), place.room, width - behind, pen)
    const pieces = [...shaft(one, label.inside, place, pen), { at: behind, text: label.behind }]
    const isFree = ({ middle }: Lane) => !pieces.some(({ at, text }) => at <= middle && middle <= at + displayWidth(text))
    const lines = lanes.filter((lane) => lane === left || lane === right || isFree(lane))
    return line([...pieces, ...lines.map(({ middle }) => ({ at: middle, text: glyph.lane, style: pen.dim }))])
  }

  return {
    way(lesson) {
      const [first, ...more] = wayOf(lesson)
      const between = first && ends(first)
      if (!between) return []
      const [left, right] = between
      const place = { at: left.end + 1, room: right.start - left.end - 2 }
      const label = displayWidth(first.label) + AROUND <= place.room ? first.label : ''
      const named = lanes.filter(({ start }) => start <= left.start || start >= right.start)
      const names = named.map((lane) => ({ at: lane.start, text: lane.party, style: between.includes(lane) ? plain : pen.dim }))
      if (place.room < SHORTEST_ARROW) return [line(names), ...[first, ...more].map(arrow)]
      return [line([...names, ...shaft(first, label, place, pen)]), ...more.map(arrow)]
    },
    names: () => [line(lanes.map(({ start, party }) => ({ at: start, text: party, style: pen.dim })))],
    message: (event) => sent(event).map(arrow),
  }
}

/** Where the names don't fit beside each other. */
function below(pen: Pen): Lanes {
  const room = pen.width - 5
  return {
    way: (lesson) => [` ${lesson.from}`, ...wayOf(lesson).map((one) => ` ${small(one, true, pen)} ${one.to}`)],
    names: () => [],
    message: (event) => sent(event).map((one) => {
      return ` ${small(one, leadsRight(one), pen)} ${pen.cut(pen.text(one.label), room)}`
    }),
  }
}

/** That a browser is opened, the step has said. */
function sent(event: WalkEvent): Arrow[] {
  return arrowsOf(event).filter(({ channel }) => channel !== 'local')
}

function leadsRight({ from, to }: Arrow): boolean {
  return PARTIES.indexOf(from) < PARTIES.indexOf(to)
}

function small({ channel }: Arrow, toRight: boolean, pen: Pen): string {
  const { [channel]: shaft, right, left } = pen.glyph
  return styleOf(channel, pen)(toRight ? shaft.repeat(2) + right : left + shaft.repeat(2))
}

/** A head and something of the shaft. Between two names there may be less. */
const SHORTEST_ARROW = 2

/** What a label takes beside its words: the head, and on both sides a space and something of the shaft. */
const AROUND = 5

/** In the arrow where it fits, else behind it. Whether it is a request or a response, the arrow says as well. */
function labelled(text: string, inside: number, behind: number, pen: Pen): { inside: string; behind: string } {
  for (const words of [text, text.replace(/ (request|response)$/, '')]) {
    if (displayWidth(words) + AROUND <= inside) return { inside: words, behind: '' }
    if (displayWidth(words) <= behind) return { inside: '', behind: words }
  }
  return inside - AROUND > behind
    ? { inside: pen.cut(text, inside - AROUND), behind: '' }
    : { inside: '', behind: pen.cut(text, behind) }
}

/** A text on a line, and the column at which it begins. */
interface Piece {
  at: number
  text: string
  style?: Style
}

const plain: Style = (text) => text

function shaft(one: Arrow, label: string, { at, room }: { at: number; room: number }, pen: Pen): Piece[] {
  const { [one.channel]: glyph, right, left } = pen.glyph
  const style = styleOf(one.channel, pen)
  const words = label === '' ? '' : ` ${label} `
  const bare = room - 1 - displayWidth(words)
  const [start, end] = [glyph.repeat(bare >> 1), glyph.repeat(bare - (bare >> 1))]
  const [before, after] = leadsRight(one) ? [start, end + right] : [left + start, end]
  const middle = at + before.length
  return [{ at, text: before, style }, { at: middle, text: words }, { at: middle + displayWidth(words), text: after, style }]
}

function line(pieces: readonly Piece[]): string {
  let drawn = ''
  let used = 0
  for (const { at, text, style = plain } of pieces.toSorted((one, other) => one.at - other.at)) {
    if (text === '') continue
    drawn += ' '.repeat(at - used) + style(text)
    used = at + displayWidth(text)
  }
  return drawn
}
