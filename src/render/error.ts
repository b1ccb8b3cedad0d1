import type { Outcome } from '../events.ts'
import { marked } from './clip.ts'
import { spread, wrap } from './layout.ts'
import { block, paragraph, type Pen } from './pen.ts'

const LABEL = 10
/** A provider may have filled it. */
const MOST_CHARACTERS = 1024

/** What happened, what it means, what to try, where to read; the exit code at the end. */
export function drawFailure(error: NonNullable<Outcome['error']>, exit: number, pen: Pen): string {
  const room = pen.measure - 3 - LABEL
  const say = (text: string, width: number) => wrap(pen.prose(clipped(text, pen)), width)
  const mark = (index: number) => (error.tries.length === 1 ? '' : `${index + 1}  `)
  const tries = error.tries.flatMap((text, index) => {
    return hanging(mark(index), say(text, room - mark(index).length))
  })
  /** A mark under a character stays where it is. */
  const spoken = (line: string, width: number) => (line.startsWith(' ') ? [pen.prose(marked(line, width))] : say(line, width))
  const causes = (error.causes ?? []).flatMap(({ says, evidence }, index) => {
    const lines = [...say(says, room - 3), ...linesOf(evidence).flatMap((line) => spoken(line, room - 3)).map(pen.dim)]
    return hanging(`${index + 1}  `, lines)
  })
  const happened = say(error.happened, pen.measure - 3).map(pen.bold)
  const read = wrap(pen.text(error.read.join(', ')), room)
  return block([
    ...happened.map((line, index) => (index === 0 ? ` ${pen.exposed(pen.glyph.fail)} ${line}` : `   ${line}`)),
    '',
    ...part('Means', say(error.means, room)),
    ...(causes.length === 0 ? [] : part('Probably', causes)),
    ...part('Try', tries),
    ...closing(part('Read', read), `exit ${exit}`, pen),
  ])
}

/** `q` and Ctrl+C are no failures. */
export function drawCancelled(exit: number, pen: Pen): string {
  const said = paragraph('You left the walk here. Nothing of it stays on this machine.', pen)
  return block(closing(said, `exit ${exit}`, pen))
}

function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split('\n')
}

function hanging(mark: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line)
}

function part(label: string, lines: readonly string[]): string[] {
  return hanging(`   ${label.padEnd(LABEL)}`, lines)
}

/** The code at the right end of the last line, or under it. */
function closing(lines: readonly string[], code: string, pen: Pen): string[] {
  const last = lines.at(-1) ?? ''
  const joined = spread(last, code, pen.measure)
  if (joined === undefined) return [...lines, pen.dim(code.padStart(pen.measure))]
  return [...lines.slice(0, -1), last + pen.dim(joined.slice(last.length))]
}

function clipped(text: string, pen: Pen): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}${pen.glyph.ellipsis}`
}
