import { wrap } from '../render/layout.ts'
import type { Pen } from '../render/pen.ts'

/** A sentence of ours in lines that no terminal has to break. */
export function proseLines(sentence: string, pen: Pen): string[] {
  return wrap(pen.prose(sentence), pen.measure - 2).map((line) => ` ${line}`)
}
