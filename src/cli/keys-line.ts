import { displayWidth } from '../render/layout.ts'
import type { Pen } from '../render/pen.ts'

const GAP = 3

/** What can be done next: the first key in bold, the others beside it. Broken between keys where it is too long. */
export function keysLine(keys: Readonly<Record<string, string>>, pen: Pen): string {
  const lines: string[] = []
  let used = pen.width
  for (const [index, [key, does]] of Object.entries(keys).entries()) {
    const item = `${key} ${pen.prose(does)}`
    const drawn = index === 0 ? pen.bold(item) : `${key} ${pen.dim(pen.prose(does))}`
    const width = displayWidth(item) + GAP
    if (used + width > pen.width) {
      lines.push(` ${drawn}`)
      used = width
    } else {
      lines.push(`${lines.pop() ?? ''}${' '.repeat(GAP)}${drawn}`)
      used += width
    }
  }
  return lines.join('\n')
}
