import type { ObservedEvent } from '../events.ts'
import { wrap } from './layout.ts'
import { block, type Pen } from './pen.ts'
import { table } from './table.ts'

/**
 * The other side's view, behind a bar: the client knows nothing of it.
 * @param first whether somebody else spoke before, so that it has to be said who speaks
 */
export function drawObserved({ by, saw, details }: ObservedEvent, first: boolean, pen: Pen): string {
  const style = by === 'browser' ? pen.exposed : pen.sheltered
  const inner: Pen = { ...pen, width: pen.width - 3, measure: pen.measure - 3 }
  const lines = [
    first ? style(`${by} saw`) : '',
    ...wrap(pen.prose(saw), inner.measure),
    ...table(details.map((detail) => ({ ...detail, meaning: '' })), inner, { indent: 2 }),
  ]
  const barred = lines.map((line) => ` ${style(pen.glyph.bar)} ${line}`.trimEnd())
  return first ? block(barred) : `${barred.join('\n')}\n`
}
