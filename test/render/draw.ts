import type { WalkEvent } from '../../src/events.ts'
import type { Look } from '../../src/render/look.ts'
import { textRenderer } from '../../src/render/text.ts'
import { NOW } from './sample.ts'

export const wide: Look = { width: 140, unicode: true, colour: false }
export const plain: Look = { width: 80, unicode: true, colour: false }
export const narrow: Look = { width: 60, unicode: true, colour: false }
export const ascii: Look = { width: 80, unicode: false, colour: false }
export const coloured: Look = { width: 80, unicode: true, colour: true }

/** What a person reads of these events, ten seconds after the tokens came. */
export function draw(events: WalkEvent | readonly WalkEvent[], look: Look = plain): string {
  const renderer = textRenderer(look, () => NOW + 10_000)
  return [events].flat().map((event) => renderer.event(event)).join('')
}

/** The first event of the sample, or of a list, with this type and name. */
export function pick<Type extends WalkEvent['type']>(events: readonly WalkEvent[], type: Type, name?: string) {
  const named = (event: WalkEvent) => name === undefined || ('name' in event && event.name === name)
  const found = events.find((event) => event.type === type && named(event))
  if (!isOf(found, type)) throw new TypeError(`no ${type} ${name ?? ''}`)
  return found
}

function isOf<Type extends WalkEvent['type']>(
  event: WalkEvent | undefined,
  type: Type,
): event is Extract<WalkEvent, { type: Type }> {
  return event?.type === type
}
