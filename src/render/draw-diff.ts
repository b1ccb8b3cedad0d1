import type { Comparison, Difference } from './diff.ts'
import { escapeJson } from './escape.ts'
import { wrap } from './layout.ts'
import type { Look } from './look.ts'
import { block, paragraph, type Pen, penOf } from './pen.ts'

const MOST_LINES = 4

/** What differs between two walks, for a program: null where one of them says nothing. Harmless for a terminal. */
export function diffDocument({ differences, alwaysNew }: Comparison): string {
  const found = differences.map(({ section, name, one = null, other = null }) => ({ section, name, a: one, b: other }))
  return `${escapeJson(JSON.stringify({ version: 1, differences: found, alwaysNew }, null, 2))}\n`
}

/** What differs between two walks, for a person. Ends with a line's end. */
export function drawDiff(comparison: Comparison, names: readonly [one: string, other: string], look: Look): string {
  const { differences, alwaysNew } = comparison
  const pen = penOf(look)
  const calm = `New in every walk, and so not compared: ${alwaysNew.join(', ')}.`
  const sections = [...new Set(differences.map(({ section }) => section))]
  return [
    block(names.map((name, index) => ` ${'ab'[index]}  ${pen.cut(pen.text(name), pen.width - 4)}`)),
    ...sections.map((section) => drawn(section, differences.filter((one) => one.section === section), pen)),
    ...(differences.length === 0 ? [block(paragraph('The two walks tell the same.', pen))] : []),
    ...(alwaysNew.length === 0 ? [] : [block(paragraph(calm, pen).map(pen.dim))]),
  ].join('')
}

function drawn(section: string, differences: readonly Difference[], pen: Pen): string {
  return block([
    ` ${pen.bold(pen.cut(pen.text(section), pen.width - 1))}`,
    ...differences.flatMap(({ name, one, other }) => [
      `   ${pen.cut(pen.text(name), pen.width - 3)}`,
      ...side('a', one, pen),
      ...side('b', other, pen),
    ]),
  ])
}

function side(letter: string, value: string | undefined, pen: Pen): string[] {
  const room = pen.width - 8
  if (value === undefined) return [`     ${letter}  ${pen.dim('not there')}`]
  const lines = wrap(pen.cut(pen.text(value), MOST_LINES * room), room)
  return lines.map((line, index) => `     ${index === 0 ? letter : ' '}  ${line}`)
}
