import type { Channel, Lesson, Party, SkipEvent, StepEvent } from '../events.ts'
import { displayWidth, spread, wrap } from './layout.ts'
import type { Look } from './look.ts'
import { block, type Pen, penOf } from './pen.ts'

const LAST_STEP = 7
const LONG_SHAFT = 11
const SHORT_SHAFT = 3

/** The step's header, who talks to whom, and what it teaches. */
export function drawStep(step: StepEvent, pen: Pen): string {
  const says = wrap(pen.prose(step.says), pen.measure - 2)
  return block([...header(step, pen), '', ...says.map((line) => ` ${line}`)])
}

export function drawSkip({ what, why }: SkipEvent, pen: Pen): string {
  const said = wrap(pen.prose(`${pen.glyph.skip} ${what}: ${why}`), pen.measure - 4)
  return block(said.map((line, index) => pen.dim(index === 0 ? ` ${line}` : `   ${line}`)))
}

/** The lesson at length, and where to read on. */
export function whyAtLength(look: Look, { why, read }: Lesson): string {
  const pen = penOf(look)
  const paragraphs = why.split(/\n\s*\n/).map((paragraph) => wrap(pen.prose(paragraph.replaceAll(/\s+/g, ' ')), pen.measure - 2))
  const sources = wrap(pen.text(read.join(', ')), pen.measure - 8)
  return block([
    ...paragraphs.flatMap((lines) => [...lines.map((line) => ` ${line}`), '']),
    ...sources.map((line, index) => pen.dim(index === 0 ? ` Read  ${line}` : `       ${line}`)),
  ])
}

/** Front channel and back channel differ by colour, by the drawing of the arrow, and by name. */
export function channelStyle(channel: Channel, pen: Pen) {
  return channel === 'front' ? pen.exposed : pen.sheltered
}

/** `∿∿▶` in front of a message, pointing away from the client or towards it. */
export function smallArrow(channel: Channel, direction: 'out' | 'in', pen: Pen): string {
  const shaft = pen.glyph[channel].repeat(2)
  return channelStyle(channel, pen)(direction === 'out' ? shaft + pen.glyph.right : pen.glyph.left + shaft)
}

function header({ step, title, channel, from, to }: StepEvent, pen: Pen): string[] {
  const number = ` ${step}/${LAST_STEP}  `
  const name = pen.prose(title)
  const style = channelStyle(channel, pen)
  const line = spread(number + name, `${channel} channel`, pen.width)
  const titled = line === undefined ? number + pen.bold(name) : number + pen.bold(name) + style(line.slice((number + name).length))
  return [titled, ...route({ channel, from, to }, pen)]
}

/** A message of the front channel goes through the browser, whoever sends it. */
function route({ channel, from, to }: Pick<Lesson, 'channel' | 'from' | 'to'>, pen: Pen): string[] {
  const stops: Party[] = channel === 'front' && from !== 'browser' && to !== 'browser' ? [from, 'browser', to] : [from, to]
  const aside = channel === 'front' && !stops.includes('client') ? 'the client sees none of this' : ''
  for (const shaft of [LONG_SHAFT, SHORT_SHAFT]) {
    const { plain, styled } = arrows(stops, channel, shaft, pen)
    if (displayWidth(plain) > pen.width) continue
    const line = aside === '' ? undefined : spread(plain, aside, pen.width)
    return line === undefined ? [styled, ...(aside === '' ? [] : [pen.dim(` ${aside}`)])] : [styled + pen.dim(line.slice(plain.length))]
  }
  return stops.map((stop, index) => (index === 0 ? ` ${stop}` : ` ${channelStyle(channel, pen)(pen.glyph[channel].repeat(2) + pen.glyph.right)} ${stop}`))
}

function arrows(stops: readonly Party[], channel: Channel, length: number, pen: Pen) {
  let plain = ''
  let styled = ''
  for (const [index, stop] of stops.entries()) {
    const inside = stop === 'browser' && stops[index - 1] === 'client'
    const shaft = inside ? pen.glyph.local.repeat(SHORT_SHAFT) : pen.glyph[channel].repeat(length)
    const arrow = shaft + pen.glyph.right
    plain += index === 0 ? ` ${stop}` : ` ${arrow} ${stop}`
    styled += index === 0 ? ` ${stop}` : ` ${inside ? pen.dim(arrow) : channelStyle(channel, pen)(arrow)} ${stop}`
  }
  return { plain, styled }
}
