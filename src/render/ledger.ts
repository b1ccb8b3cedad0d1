import type { CheckEvent } from '../events.ts'
import { shortSection } from './format.ts'
import { displayWidth, padEnd, wrap } from './layout.ts'
import type { Pen } from './pen.ts'

/** The heading over the checks of the token. */
export const ID_TOKEN = 'ID Token'

/** Messages by how their check ids begin. */
const HEADINGS: readonly (readonly [prefix: string, heading: string])[] = [
  ['metadata-', 'Authorization server metadata'],
  ['authorization-response-', 'Authorization response'],
  ['token-response-', 'Token response'],
  ['id-token-', ID_TOKEN],
  ['jwks-kid-unique', 'JWK Set'],
  ['jwks-kid', ID_TOKEN],
  ['jwks-rsa-', ID_TOKEN],
  ['jwks-', 'JWK Set'],
  ['userinfo-', 'UserInfo'],
  ['resource-', 'Resource'],
  ['registration-', 'Client registration'],
]

const MARGIN = 5
const LABEL = 10
const MOST_LINES = 5
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
  const title = pen.prose(check.title)
  const section = pen.cut(pen.text(shortSection(check.section)), Math.floor(pen.width / 3))
  switch (check.status) {
    case 'pass':
      return summed({ mark: pen.sheltered(pen.glyph.pass), rule: title, actual: news(check), section }, pen)
    case 'skip':
      return summed({ mark: pen.glyph.skip, rule: title, actual: check.actual, section: '' }, unstyled(pen)).map(pen.dim)
    case 'warn':
    case 'fail': {
      const mark = pen.exposed(check.status === 'fail' ? pen.glyph.fail : pen.glyph.warn)
      return [...summed({ mark, rule: `not so: ${title}`, actual: '', section }, pen), ...opened(check, pen)]
    }
  }
}

/** What was found, where it says more than that it was as expected. */
function news({ expected, actual }: CheckEvent): string {
  return actual === expected ? '' : actual
}

/** For a line that is dim as a whole. */
function unstyled(pen: Pen): Pen {
  return { ...pen, dim: (text) => text }
}

/**
 * What the table comes to.
 * @param stops what follows from a failure
 */
export function drawTally({ pass, fail, warn, skip }: Tally, stops: string, pen: Pen): string[] {
  const parts = [`${pass} passed`]
  if (fail > 0) parts.push(`${fail} failed`)
  if (warn > 0) parts.push(`${warn} to look at`)
  if (skip > 0) parts.push(`${skip} did not apply`)
  const sum = wrap(`${parts.join(', ')}${fail > 0 ? `: ${stops}` : ''}`, pen.width - 3)
  return sum.map((line) => (fail > 0 ? pen.exposed : pen.dim)(`   ${line}`))
}

interface Summary {
  mark: string
  rule: string
  actual: string
  section: string
}

/** Mark, rule, then as far as there is room: the section at the right edge, and what was found. */
function summed({ mark, rule, actual, section }: Summary, pen: Pen): string[] {
  const room = pen.width - MARGIN
  const lines = wrap(rule, room)
  const last = lines.at(-1) ?? ''
  const withSection = section !== '' && displayWidth(last) + 2 + displayWidth(section) <= room
  const edge = withSection ? displayWidth(section) + 2 : 0
  const found = foundOf(actual, room - displayWidth(last) - edge, pen)
  const end = withSection ? padEnd(found, room - displayWidth(last) - displayWidth(section)) + section : found
  const drawn = [...lines.slice(0, -1), end === '' ? last : last + pen.dim(end)]
  return drawn.map((line, index) => (index === 0 ? `   ${mark} ${line}` : ' '.repeat(MARGIN) + line))
}

function foundOf(actual: string, room: number, pen: Pen): string {
  const text = pen.text(actual)
  const before = ` ${pen.glyph.dot} `
  const free = room - before.length
  return text === '' || free < Math.min(FEWEST_TO_SHOW, displayWidth(text)) ? '' : before + pen.cut(text, free)
}

function opened({ id, expected, actual, why, section, level }: CheckEvent, pen: Pen): string[] {
  const room = pen.measure - MARGIN - LABEL
  const part = (name: string, text: string) => {
    const lines = wrap(pen.cut(text, (MOST_LINES - 1) * room), room)
    return lines.map((line, index) => ' '.repeat(MARGIN) + padEnd(index === 0 ? name : '', LABEL) + line)
  }
  const weight = level === 'POLICY' ? 'a policy of this client beside' : `a ${level} of`
  return [
    ...part('expected', pen.text(expected)),
    ...part('got', pen.text(actual)),
    ...part('why', pen.prose(why)),
    ...part('rule', pen.text(`${id}, ${weight} ${section}`)).map(pen.dim),
  ]
}
