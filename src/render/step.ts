import type { Channel, Lesson, Party, SkipEvent, StepEvent } from '../events.ts'
import { displayWidth, spread, wrap } from './layout.ts'
import type { Look } from './look.ts'
import type { Style } from './palette.ts'
import { block, paragraph, type Pen, penOf } from './pen.ts'

const LAST_STEP = 7
const LONG_SHAFT = 11
const SHORT_SHAFT = 3

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

/** Front channel and back channel differ by colour, by the drawing of the arrow, and by name. */
function channelStyle(channel: Channel, pen: Pen): Style {
  return channel === 'front' ? pen.exposed : pen.sheltered
}

/** `∿∿▶` in front of a message, pointing away from the client or towards it. */
export function smallArrow(channel: Channel, direction: 'out' | 'in', pen: Pen): string {
  const shaft = pen.glyph[channel].repeat(2)
  return channelStyle(channel, pen)(direction === 'out' ? shaft + pen.glyph.right : pen.glyph.left + shaft)
}

function header(step: StepEvent, pen: Pen): string[] {
  const number = ` ${step.step}/${LAST_STEP}  `
  const name = pen.cut(pen.prose(step.title), pen.width - number.length)
  const label = `${step.channel} channel`
  const gap = spread(number + name, label, pen.width)?.slice((number + name).length, -label.length)
  const right = gap === undefined ? '' : gap + channelStyle(step.channel, pen)(label)
  return [number + pen.bold(name) + right, ...route(step, pen)]
}

/** A message of the front channel goes through the browser, whoever sends it. */
function route({ channel, from, to }: Lesson, pen: Pen): string[] {
  const throughBrowser = channel === 'front' && from !== 'browser' && to !== 'browser'
  const stops: Party[] = throughBrowser ? [from, 'browser', to] : [from, to]
  const aside = channel === 'front' && !stops.includes('client') ? 'the client sees none of this' : ''
  for (const shaft of [LONG_SHAFT, SHORT_SHAFT]) {
    const { plain, styled } = arrows(stops, channel, shaft, pen)
    if (displayWidth(plain) > pen.width) continue
    if (aside === '') return [styled]
    const line = spread(plain, aside, pen.width)
    return line === undefined ? [styled, pen.dim(` ${aside}`)] : [styled + pen.dim(line.slice(plain.length))]
  }
  const [first, ...others] = stops
  return [` ${first}`, ...others.map((stop) => ` ${smallArrow(channel, 'out', pen)} ${stop}`)]
}

/** Between client and browser nothing leaves the machine. */
function arrows(stops: readonly Party[], channel: Channel, length: number, pen: Pen) {
  let plain = ''
  let styled = ''
  for (const [index, stop] of stops.entries()) {
    const inside = stops.length > 2 && stops[index - 1] === 'client'
    const shaft = inside ? pen.glyph.local.repeat(SHORT_SHAFT) : pen.glyph[channel].repeat(length)
    const arrow = shaft + pen.glyph.right
    const style = inside ? pen.dim : channelStyle(channel, pen)
    plain += index === 0 ? ` ${stop}` : ` ${arrow} ${stop}`
    styled += index === 0 ? ` ${stop}` : ` ${style(arrow)} ${stop}`
  }
  return { plain, styled }
}
