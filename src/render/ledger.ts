import type { CheckEvent } from '../events.ts'
import { shortSection } from './format.ts'
import { displayWidth, padEnd, shorten, wrap } from './layout.ts'
import type { Pen } from './pen.ts'

/** Messages by how their check ids begin. */
const HEADINGS: readonly (readonly [prefix: string, heading: string])[] = [
  ['metadata-', 'Authorization server metadata'],
  ['authorization-response-', 'Authorization response'],
  ['token-response-', 'Token response'],
  ['id-token-', 'ID Token'],
  ['jwks-', 'ID Token'],
  ['userinfo-', 'UserInfo'],
  ['resource-', 'Resource'],
  ['access-token-', 'Access token'],
]

const MOST_LINES = 6
/** A value that has to lose more than its middle says nothing. Columns. */
const FEWEST_TO_SHOW = 20

/** How many checks of one message ended in which way. */
export type Tally = Record<CheckEvent['status'], number>

export function emptyTally(): Tally {
  return { pass: 0, fail: 0, warn: 0, skip: 0 }
}

/** The message that a check belongs to. */
export function groupOf({ id }: CheckEvent): string {
  return HEADINGS.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'Form of the message'
}

/** Passing lines are short. Failing ones open up by themselves: expected, got, why, and the name to search for. */
export function drawCheck(check: CheckEvent, pen: Pen): string[] {
  switch (check.status) {
    case 'pass':
      return summed(pen.sheltered(pen.glyph.pass), pen.prose(check.title), check.actual, sectionOf(check, pen), pen)
    case 'skip':
      return summed(pen.dim(pen.glyph.skip), pen.prose(check.title), check.actual, '', pen).map(pen.dim)
    case 'warn':
    case 'fail': {
      const mark = check.status === 'fail' ? pen.glyph.fail : pen.glyph.warn
      return [...summed(pen.exposed(mark), `not so: ${pen.prose(check.title)}`, '', sectionOf(check, pen), pen), ...opened(check, pen)]
    }
  }
}

/** What the table comes to. */
export function drawTally({ pass, fail, warn, skip }: Tally, pen: Pen): string {
  const parts = [`${pass} passed`]
  if (fail > 0) parts.push(`${fail} failed`)
  if (warn > 0) parts.push(`${warn} to look at`)
  if (skip > 0) parts.push(`${skip} did not apply`)
  return fail > 0 ? pen.exposed(`   ${parts.join(', ')}: the walk stops here`) : pen.dim(`   ${parts.join(', ')}`)
}

/** Mark, rule, then as far as there is room: the section at the right edge, and what was found. */
function summed(mark: string, rule: string, actual: string, section: string, pen: Pen): string[] {
  const room = pen.width - 5
  const lines = wrap(rule, room)
  const last = lines.at(-1) ?? ''
  const withSection = section !== '' && displayWidth(last) + 2 + displayWidth(section) <= room
  const free = room - displayWidth(last) - (withSection ? displayWidth(section) + 2 : 0) - 3
  const value = pen.text(actual)
  const found = value === '' || free < Math.min(FEWEST_TO_SHOW, displayWidth(value)) ? '' : ` ${pen.glyph.dot} ${shorten(value, free, pen.glyph.ellipsis)}`
  const gap = withSection ? ' '.repeat(room - displayWidth(last + found) - displayWidth(section)) : ''
  const end = found + gap + (withSection ? section : '')
  return [...lines.slice(0, -1), last + (end === '' ? '' : pen.dim(end))].map((line, index) => (index === 0 ? `   ${mark} ${line}` : `     ${line}`))
}

function opened({ id, expected, actual, why, section, level }: CheckEvent, pen: Pen): string[] {
  const label = 10
  const room = Math.min(pen.measure, pen.width) - 5 - label
  const cell = (text: string) => {
    const lines = wrap(text, room)
    return lines.length > MOST_LINES ? wrap(shorten(text, (MOST_LINES - 1) * room, pen.glyph.ellipsis), room) : lines
  }
  const part = (name: string, text: string) => cell(text).map((line, index) => `     ${padEnd(index === 0 ? name : '', label)}${line}`)
  return [
    ...part('expected', pen.text(expected)),
    ...part('got', pen.text(actual)),
    ...part('why', pen.prose(why)),
    ...part('rule', `${pen.text(id)}, ${levelOf(level)} ${pen.text(section)}`).map(pen.dim),
  ]
}

function levelOf(level: CheckEvent['level']): string {
  return level === 'POLICY' ? 'a policy of this client beside' : `a ${level} of`
}

function sectionOf({ section }: CheckEvent, pen: Pen): string {
  return shorten(pen.text(shortSection(section)), Math.floor(pen.width / 3), pen.glyph.ellipsis)
}
