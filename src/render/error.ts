import type { Outcome } from '../events.ts'
import { displayWidth, spread, wrap } from './layout.ts'
import { block, type Pen } from './pen.ts'

const LABEL = 8
const MOST_CHARACTERS = 1024

/** What happened, what it means, what to try, where to read; the exit code at the end. */
export function drawFailure(error: NonNullable<Outcome['error']>, exit: number, pen: Pen): string {
  const room = pen.measure - 3 - LABEL
  const happened = wrap(pen.prose(clipped(error.happened, pen)), pen.measure - 3)
  const tries = error.tries.flatMap((text, index) => {
    const number = error.tries.length > 1 ? `${index + 1}  ` : ''
    return wrap(pen.prose(clipped(text, pen)), room - number.length).map((line, at) => (at === 0 ? number : ' '.repeat(number.length)) + line)
  })
  return block([
    ...happened.map((line, index) => (index === 0 ? ` ${pen.exposed(pen.glyph.fail)} ${pen.bold(line)}` : `   ${pen.bold(line)}`)),
    '',
    ...part('Means', wrap(pen.prose(clipped(error.means, pen)), room)),
    ...part('Try', tries),
    ...closing(part('Read', wrap(error.read.map(pen.text).join(` ${pen.glyph.dot} `), room)), `exit ${exit}`, pen),
  ])
}

/** `q` and Ctrl+C are no failures. */
export function drawCancelled(exit: number, pen: Pen): string {
  const said = ' You left the walk here. Nothing of it stays on this machine.'
  return block(closing([said], `exit ${exit}`, pen))
}

function part(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `   ${(index === 0 ? label : '').padEnd(LABEL)}${line}`)
}

function closing(lines: readonly string[], code: string, pen: Pen): string[] {
  const last = lines.at(-1) ?? ''
  const joined = spread(last, code, pen.measure)
  return [...lines.slice(0, -1), ...(joined === undefined ? [last, `   ${code}`] : [last + pen.dim(joined.slice(last.length))])]
}

/** A provider may have filled it. */
function clipped(text: string, pen: Pen): string {
  return displayWidth(text) <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}${pen.glyph.ellipsis}`
}
