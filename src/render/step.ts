import type { Lesson, SkipEvent, StepEvent } from '../events.ts'
import { lanesOf, styleOf } from './lanes.ts'
import { spread, wrap } from './layout.ts'
import type { Look } from './look.ts'
import { block, paragraph, type Pen, penOf } from './pen.ts'

const LAST_STEP = 7

/** The step's header, who talks to whom, and what it teaches. */
export function drawStep(step: StepEvent, pen: Pen): string {
  return block([...header(step, pen), '', ...paragraph(step.says, pen)])
}

export function drawSkip({ what, why }: SkipEvent, pen: Pen): string {
  const said = wrap(pen.prose(`${what}: ${why}`), pen.measure - 4)
  return block(said.map((line, index) => pen.dim(` ${index === 0 ? pen.glyph.skip : ' '} ${line}`)))
}

/** The lesson at length, and where to read on. */
export function whyAtLength(look: Look, { why, read }: Lesson): string {
  const pen = penOf(look)
  const paragraphs = why.split(/\n\s*\n/).map((text) => paragraph(text.replaceAll(/\s+/g, ' '), pen))
  const sources = wrap(pen.text(read.join(', ')), pen.measure - 8)
  return block([
    ...paragraphs.flatMap((lines) => [...lines, '']),
    ...sources.map((line, index) => pen.dim(` ${index === 0 ? 'Read' : '    '}  ${line}`)),
  ])
}

function header(step: StepEvent, pen: Pen): string[] {
  const number = ` ${step.step}/${LAST_STEP}  `
  const name = pen.cut(pen.prose(step.title), pen.width - number.length)
  const label = `${step.channel} channel`
  const gap = spread(number + name, label, pen.width)?.slice((number + name).length, -label.length)
  const right = gap === undefined ? '' : gap + styleOf(step.channel, pen)(label)
  return [number + pen.bold(name) + right, ...lanesOf(pen).way(step)]
}
